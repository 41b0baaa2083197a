using System.Text;

namespace OpenStage.Protocol.Csv;

/// <summary>Reads comma-separated values exactly as RFC 4180 has them: a quote out of place is an error, not a guess.</summary>
/// <param name="text">The table; lines end with LF or CRLF.</param>
/// <param name="file">Name of the table in error messages.</param>
public sealed class CsvReader(TextReader text, string file)
{
    private readonly StringBuilder field = new();
    private int line = 1;
    private int column;

    /// <summary>Line on which the last record began, from 1.</summary>
    public int RecordLine { get; private set; }

    /// <summary>The fields of the next record with the columns they begin at, or null at the end.</summary>
    /// <exception cref="FormatException">The text is not RFC 4180; the message names line and column.</exception>
    public List<CsvField>? Read()
    {
        if (text.Peek() < 0)
            return null;

        RecordLine = line;
        var fields = new List<CsvField>();
        while (true)
        {
            var (startLine, startColumn) = (line, column + 1);
            var value = text.Peek() == '"' ? Quoted() : Plain();
            fields.Add(new CsvField(value, startLine, startColumn));
            if (text.Peek() == ',')
            {
                Next();
                continue;
            }

            EndOfRecord();
            return fields;
        }
    }

    /// <summary>An exception that names the file, the line and the column.</summary>
    public FormatException Wrong(int atLine, int atColumn, string reason) =>
        new($"{file}, line {atLine}, column {atColumn}: {reason}");

    private string Quoted()
    {
        var (startLine, startColumn) = (line, column + 1);
        Next();
        field.Clear();
        while (true)
        {
            var next = Next();
            if (next < 0)
                throw Wrong(startLine, startColumn, "a quote is not closed.");
            if (next != '"')
            {
                field.Append((char)next);
                continue;
            }

            if (text.Peek() != '"')
                break;
            Next();
            field.Append('"');
        }

        if (text.Peek() is >= 0 and not (',' or '\r' or '\n'))
            throw Wrong(line, column + 1, "text follows a closing quote.");
        return field.ToString();
    }

    private string Plain()
    {
        field.Clear();
        while (text.Peek() is >= 0 and not (',' or '\r' or '\n'))
        {
            if (text.Peek() == '"')
                throw Wrong(line, column + 1, "a quote inside a field that is not quoted.");
            field.Append((char)Next());
        }

        return field.ToString();
    }

    private void EndOfRecord()
    {
        if (text.Peek() == '\r')
        {
            Next();
            if (text.Peek() != '\n')
                throw Wrong(line, column, "a carriage return without line feed.");
        }

        Next();
    }

    private int Next()
    {
        var next = text.Read();
        if (next == '\n')
            (line, column) = (line + 1, 0);
        else if (next >= 0)
            column++;
        return next;
    }
}
