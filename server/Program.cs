using OpenStage.Server.Start;

return await StartCommand.InvokeAsync(args);
