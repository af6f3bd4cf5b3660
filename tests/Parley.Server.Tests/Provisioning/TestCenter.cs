using Parley.Server.Accounts;

namespace Parley.Server.Tests.Provisioning;

/// <summary>Contact centres for tests; everybody's password is <c>pässword</c>.</summary>
internal static class TestCenter
{
    public const string Password = "pässword";

    public static readonly string Hash = Passwords.Hash(Password);

    /// <summary>
    /// An agent, one with an umlaut and an at sign, one disabled, one with a first password, a supervisor, an administrator.
    /// </summary>
    public static string Text(string more = "") => $$"""
        { "name": "Test", "contactCenterId": "5b0c8d1e-37aa-4c62-9f5d-2a60b1c4e9f0", {{more}}
          "users": [
            { "userName": "ana", "passwordHash": "{{Hash}}" },
            { "userName": "jörg@example.org", "passwordHash": "{{Hash}}" },
            { "userName": "gone", "passwordHash": "{{Hash}}", "enabled": false },
            { "userName": "fresh", "passwordHash": "{{Hash}}", "changePasswordOnFirstLogin": true },
            { "userName": "sue", "passwordHash": "{{Hash}}", "roles": ["agent", "supervisor"] },
            { "userName": "root", "passwordHash": "{{Hash}}", "roles": ["admin"] } ] }
        """;
}
