using NUnit.Framework;
using OpenStage.Fixtures;

namespace OpenStage.Protocol.Tests.Fixtures;

[TestFixture]
internal sealed class MessageFilesTests
{
    [Test]
    public void A_message_folder_that_is_not_there_is_named() =>
        Assert.That(() => MessageFiles.In("silver"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("silver"));
}
