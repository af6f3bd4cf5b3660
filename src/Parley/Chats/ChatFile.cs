namespace Parley.Chats;

/// <summary>A file in a chat, without its content.</summary>
/// <param name="Id">32 lower-case hexadecimal digits, not to be guessed.</param>
/// <param name="Name">The name it came with, without any path.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MediaType">What its content is found to be.</param>
/// <param name="Content">SHA-256 of the content in lower-case hexadecimal: where it is kept.</param>
public sealed record ChatFile(string Id, string Name, long Size, string MediaType, string Content, string? Description = null);
