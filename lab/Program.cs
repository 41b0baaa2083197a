using OpenStage.Lab;

return await LabCommand.InvokeAsync(args);
