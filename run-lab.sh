#!/bin/sh
# Runs the lab as 'dotnet run --project lab -- run' does, from whichever folder it is called, passing all arguments on.
cd "$(dirname "$0")" && exec dotnet run --project lab -- run "$@"
