using System.Buffers.Binary;

namespace Parley.Server.Tests.Operation;

/// <summary>The fields of a Protobuf message, by number, as they came over the wire.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Number, ReadOnlyMemory<byte> Bytes, ulong Value)> fields = [];

    private Protobuf()
    {
    }

    public static Protobuf Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new Protobuf();
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    message.fields.Add((number, default, Varint(ref bytes)));
                    break;
                case 1:
                    message.fields.Add((number, default, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span)));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    message.fields.Add((number, bytes[..length], 0));
                    bytes = bytes[length..];
                    break;
                case 5:
                    message.fields.Add((number, default, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span)));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new FormatException($"A field of type {tag & 7}.");
            }
        }
        return message;
    }

    /// <summary>The messages inside, of a field that may be repeated.</summary>
    public IEnumerable<Protobuf> All(int number) => fields.Where(f => f.Number == number).Select(f => Read(f.Bytes));

    public string Text(int number) => System.Text.Encoding.UTF8.GetString(Bytes(number).Span);

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    public ulong Number(int number) => fields.LastOrDefault(f => f.Number == number).Value;

    private ReadOnlyMemory<byte> Bytes(int number) => fields.LastOrDefault(f => f.Number == number).Bytes;

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes.Span[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
