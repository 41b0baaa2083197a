using OpenStage.Simulator;

return await SimulatorCommand.InvokeAsync(args);
