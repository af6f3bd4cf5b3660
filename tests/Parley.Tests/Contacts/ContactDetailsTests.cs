using Parley.Chats;
using Parley.Contacts;

namespace Parley.Tests.Contacts;

/// <summary>By what persons are known again, however they spell it.</summary>
public sealed class ContactDetailsTests
{
    [Theory]
    [InlineData("ada@example.test", "ada@example.test")]
    [InlineData("  Ada@Example.TEST ", "ada@example.test")]
    [InlineData("", null)]
    [InlineData("ada", null)]
    [InlineData("@example.test", null)]
    [InlineData("ada@", null)]
    [InlineData("a@b@c", null)]
    [InlineData("a da@example.test", null)]
    [InlineData("***@example.test", null)]
    public void An_e_mail_address_is_the_same_however_it_is_spelt(string sent, string? known) =>
        Assert.Equal(known, Of("EmailAddress", sent).Email);

    [Theory]
    [InlineData("+34 600 123 456", "+34600123456")]
    [InlineData("0034-600.123.456", "+34600123456")]
    [InlineData("(600) 123/456", "600123456")]
    [InlineData("12345", null)]
    [InlineData("123456", "123456")]
    [InlineData("123456789012345678901", null)]
    [InlineData("call me", null)]
    [InlineData("+34 6** *** 456", null)]
    [InlineData("", null)]
    public void A_telephone_number_is_the_same_however_it_is_grouped(string sent, string? known) =>
        Assert.Equal(known, Of("PhoneNumber", sent).Phone);

    [Fact]
    public void Nobody_is_known_again_by_a_name_alone()
    {
        var details = Of("FirstName", "Ada");
        Assert.False(details.Identify);
        Assert.Equal("Ada", details.Attributes["FirstName"]);
    }

    [Fact]
    public void What_does_not_describe_a_person_is_not_kept() => Assert.Empty(Of("Subject", "Invoice").Attributes);

    [Fact]
    public void Only_text_is_taken_for_an_address() =>
        Assert.Null(ContactDetails.From(UserDataRules.Empty.Add("PhoneNumber", DataValue.Number("600123456"))).Phone);

    private static ContactDetails Of(string key, string value) =>
        ContactDetails.From(UserDataRules.Empty.Add(key, DataValue.Of(value)));
}
