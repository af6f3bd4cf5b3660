using System.Text;
using Parley.Server.Provisioning;

namespace Parley.Server.Tests.Provisioning;

/// <summary>Who is responsible for whom.</summary>
public sealed class ResponsibilityTests
{
    private const string Groups = """ "groups": [ { "name": "a" }, { "name": "b" } ], """;

    [Theory]
    [InlineData("lead", "ana", true)]
    [InlineData("lead", "bob", false)]
    [InlineData("lead", "both", true)]
    [InlineData("lead", "alone", false)]
    [InlineData("lead", "lead", false)]
    [InlineData("lead", "peer", true)]
    [InlineData("stray", "ana", false)]
    [InlineData("stray", "alone", false)]
    [InlineData("ana", "both", false)]
    [InlineData("root", "ana", true)]
    [InlineData("root", "lead", true)]
    [InlineData("root", "root", false)]
    [InlineData("crm", "alone", true)]
    public void With_business_units_a_supervisor_is_responsible_for_those_who_share_one(string one, string other, bool covers) =>
        Check(Center(Groups, "a", "b"), one, other, covers);

    [Theory]
    [InlineData("lead", "ana", true)]
    [InlineData("stray", "bob", true)]
    [InlineData("stray", "lead", true)]
    [InlineData("lead", "lead", false)]
    [InlineData("ana", "bob", false)]
    [InlineData("root", "ana", true)]
    public void Without_any_business_unit_every_supervisor_is_responsible_for_everyone(string one, string other, bool covers) =>
        Check(Center("", "", ""), one, other, covers);

    private static void Check(ContactCenter center, string one, string other, bool covers)
    {
        var responsibility = new Responsibility(center);
        var (responsible, user) = (center.Users.ByName(one)!, center.Users.ByName(other)!);
        Assert.Equal(covers, responsibility.Covers(responsible, user));
        Assert.Equal(covers, responsibility.For(user.Id).Contains(responsible.Id));
        Assert.True(!covers || Responsibility.IsBorneBy(responsible));
    }

    private static ContactCenter Center(string groups, string a, string b)
    {
        string User(string name, string roles, params string[] of) => $$"""
            { "userName": "{{name}}", "passwordHash": "{{TestCenter.Hash}}", "roles": [{{roles}}],
              "groups": [{{string.Join(',', of.Where(g => g.Length > 0).Select(g => $"\"{g}\""))}}] }
            """;
        string[] users =
        [
            User("ana", "\"agent\"", a), User("bob", "\"agent\"", b), User("both", "\"agent\"", b, a), User("alone", "\"agent\""),
            User("lead", "\"agent\", \"supervisor\"", a), User("peer", "\"supervisor\"", a), User("stray", "\"supervisor\""),
            User("root", "\"admin\""), User("crm", "\"apiuser\""),
        ];
        var (center, errors) = ContactCenterReader.Read(
            Encoding.UTF8.GetBytes($$"""{ "name": "x", {{groups}} "users": [ {{string.Join(',', users)}} ] }"""), 1 << 18);
        Assert.Empty(errors);
        return center!;
    }
}
