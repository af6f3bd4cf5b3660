namespace Parley.Bayeux;

/// <summary>What keeps a session from being idle.</summary>
public enum SignsOfLife
{
    /// <summary>Messages of the client, other than connects.</summary>
    Client,

    /// <summary>Those, and events queued for it.</summary>
    ClientAndServer,
}
