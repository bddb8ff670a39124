-- What expected-guards.txt is made of.
select distinct name, definition from guard
