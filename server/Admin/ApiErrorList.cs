namespace OpenStage.Server.Admin;

/// <summary>Body of every refusal of the API.</summary>
public sealed record ApiErrorList(IReadOnlyList<ApiError> Errors);

/// <summary>One reason for a refusal.</summary>
/// <param name="Code">In upper case: VALIDATE_FAILED, NOT_FOUND, CONFLICT, UNAUTHORIZED, FORBIDDEN, TOO_MANY_REQUESTS, or UNKNOWN. Codes are only ever added.</param>
/// <param name="Message">For people.</param>
public sealed record ApiError(string Code, string Message, ApiErrorDetail Detail);

/// <summary>The place of an error.</summary>
public sealed record ApiErrorDetail(string Field, string Value, string Allowed);
