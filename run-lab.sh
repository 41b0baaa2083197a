#!/bin/sh
# Runs the lab as 'dotnet run --project lab -- run' does, from whichever folder it is called, passing all arguments on.
# Paths among them start from that folder; docs/nightly.md has what a run every night needs.
exec dotnet run --project "$(dirname "$0")/lab" -- run "$@"
