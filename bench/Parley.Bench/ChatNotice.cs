using System.Text.Json;

namespace Parley.Bench;

/// <summary>Reads the <c>data</c> of an event on <c>/v2/me/chats</c> without building a document.</summary>
/// <param name="stateRead">Told the chat's id and its state in the agent's view.</param>
/// <param name="textRead">Told the text of each message in the log, as UTF-8.</param>
internal sealed class ChatNotice(Action<string, string> stateRead, PayloadReader textRead)
{
    public void Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isChat = reader.ValueTextEquals("chat"u8);
            var isMessages = reader.ValueTextEquals("messages"u8);
            reader.Read();
            if (isChat && reader.TokenType == JsonTokenType.StartObject) ReadChat(ref reader);
            else if (isMessages && reader.TokenType == JsonTokenType.StartArray) ReadMessages(ref reader);
            else reader.Skip();
        }
    }

    private void ReadChat(ref Utf8JsonReader reader)
    {
        string? id = null, state = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isState = reader.ValueTextEquals("state"u8);
            reader.Read();
            if (isId) id = reader.GetString();
            else if (isState) state = reader.GetString();
            else reader.Skip();
        }
        if (id is not null && state is not null) stateRead(id, state);
    }

    private void ReadMessages(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isText = reader.ValueTextEquals("text"u8);
                reader.Read();
                if (isText && reader.TokenType == JsonTokenType.String) textRead(reader.ValueSpan);
                else reader.Skip();
            }
        }
    }
}
