using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Design;

// Only an assembly that is really referenced is copied along to the projects that use this one.
[assembly: TypeForwardedTo(typeof(OperationExecutor))]
