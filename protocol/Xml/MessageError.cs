namespace OpenStage.Protocol.Xml;

/// <summary>Why bytes were refused as a message.</summary>
/// <param name="Code">Stable name: <c>malformed-xml</c>, <c>doctype-refused</c>, <c>too-large</c>, <c>too-deep</c>, <c>too-many-items</c>, <c>wrong-root</c>, <c>encoding</c>, <c>empty-body</c>, or the code of an observation that strict mode refuses.</param>
/// <param name="Line">Line from 1, or 0 when the whole body is meant.</param>
/// <param name="Column">Column from 1, or 0.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Actual">What came instead.</param>
public sealed record MessageError(string Code, int Line, int Column, string Expected, string Actual)
{
    public override string ToString() => Line > 0
        ? $"line {Line}, column {Column}: expected {Expected}, found {Actual} ({Code})"
        : $"expected {Expected}, found {Actual} ({Code})";
}
