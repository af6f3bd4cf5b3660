using System.Text;
using Parley.Bench.Push;

namespace Parley.Bench.Tests.Push;

public class StampTests
{
    [Fact]
    public void Stamps_are_found_among_other_bytes_in_their_order()
    {
        Stamp[] written = [new(Audience.Everybody, 0, 1), new(Audience.Partner, 999_999_999, 123_456_789_012_345_678)];
        var bytes = written.SelectMany(stamp => (byte[])[.. "[\"# !\",\""u8, .. Text(stamp, 100), .. "\"]"u8]).ToArray();

        Assert.Equal(written, Read(bytes));
    }

    [Fact]
    public void A_stamp_fills_its_text_and_is_plain_ascii()
    {
        var text = Text(new Stamp(Audience.Partner, 42, 7), 40);

        Assert.Equal("#!p000000042000000000000000007xxxxxxxxxx", Encoding.ASCII.GetString(text));
    }

    [Fact]
    public void Half_a_stamp_is_none()
    {
        var text = Text(new Stamp(Audience.Everybody, 1, 2), Stamp.Length);

        for (var length = 0; length < text.Length; length++) Assert.Empty(Read(text.AsSpan(0, length)));
    }

    private static byte[] Text(Stamp stamp, int size)
    {
        var text = new byte[size];
        stamp.Write(text);
        return text;
    }

    private static List<Stamp> Read(ReadOnlySpan<byte> bytes)
    {
        var stamps = new List<Stamp>();
        while (Stamp.TryTake(ref bytes, out var stamp)) stamps.Add(stamp);
        return stamps;
    }
}
