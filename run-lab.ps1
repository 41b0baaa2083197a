# Runs the lab as 'dotnet run --project lab -- run' does, from whichever folder it is called, passing all arguments on.
Push-Location $PSScriptRoot
dotnet run --project lab -- run @args
$code = $LASTEXITCODE
Pop-Location
exit $code
