Console.Error.WriteLine("Usage: dotnet run --project tests/LeakLab -- --help");
return 2;
