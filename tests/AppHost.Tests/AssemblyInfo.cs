// Each test starts the whole application; side by side they would fight for the processors and time out.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
