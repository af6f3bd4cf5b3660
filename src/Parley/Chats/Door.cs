namespace Parley.Chats;

/// <summary>The kinds of door through which customers come.</summary>
public enum Door
{
    /// <summary>GMS Chat Version 2, over REST and over CometD.</summary>
    Gms,

    /// <summary>GWS Customer Chat.</summary>
    Gws,
}

/// <summary>How a customer attends a chat.</summary>
public enum Attendance
{
    /// <summary>Whoever is silent too long has left.</summary>
    Live,

    /// <summary>The customer comes and goes for hours or days.</summary>
    Asynchronous,
}
