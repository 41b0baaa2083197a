using OpenStage.Server.Start;

return await StartCommand.Build().Parse(args).InvokeAsync();
