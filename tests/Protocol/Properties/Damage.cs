using OpenStage.Fixtures;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>Golden messages with random damage.</summary>
internal static class Damage
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "<", ">", "</", "/>", "&", "&amp;", "&#0;", "\"", "'", "<Item name=\"x\">", "</Item>", "<ItemList>", "</Message>",
            "<!DOCTYPE a>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml version=\"1.0\"?>", "<?a", "?>", "\0", "\uFEFF", " xmlns:a=\"b\"", " a:b=\"c\"",
            "<Action>CleanUp</Action>", "<ReasonForContact>status</ReasonForContact>", " index=\"99999999999\"", " status=\"x\"", "<a><b><c>",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ];

    private static readonly byte[][] Originals =
    [
        .. MessageFiles.In("golden").Select(file => MessageFiles.Read("golden", file)),
        .. MessageFiles.In("golden/tolerated").Select(file => MessageFiles.Read("golden/tolerated", file)),
    ];

    /// <summary>One of the messages, changed in one place or two.</summary>
    public static byte[] Mutate(Random random)
    {
        var body = Originals[random.Next(Originals.Length)].ToList();
        for (var damage = random.Next(1, 3); damage > 0 && body.Count > 0; damage--)
        {
            var place = random.Next(body.Count);
            var length = Math.Min(random.Next(1, 40), body.Count - place);
            switch (random.Next(7))
            {
                case 0:
                    body[place] = (byte)random.Next(256);
                    break;
                case 1:
                    body[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    body.RemoveRange(place, length);
                    break;
                case 3:
                    body.InsertRange(place, body.GetRange(place, length));
                    break;
                case 4:
                    body.InsertRange(place, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 5:
                    var other = Originals[random.Next(Originals.Length)];
                    body.InsertRange(place, other[..random.Next(other.Length)]);
                    break;
                default:
                    body.RemoveRange(place, body.Count - place);
                    break;
            }
        }

        return [.. body];
    }
}
