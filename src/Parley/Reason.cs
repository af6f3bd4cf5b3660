namespace Parley;

/// <summary>Why something was refused: for programs; the message beside it is for people.</summary>
/// <remarks>Source: Web Services API Reference, "Return Values".</remarks>
public enum Reason
{
    /// <summary>A required parameter is missing.</summary>
    ParameterMissing,

    /// <summary>Not possible in the present state, or a parameter that cannot be understood.</summary>
    InvalidInState,

    /// <summary>The state would allow it, the caller's part in the chat does not.</summary>
    Forbidden,

    /// <summary>The caller lacks a feature or a role.</summary>
    NotPermitted,

    /// <summary>No such thing, or none that the caller may know of.</summary>
    NotFound,

    /// <summary>A value outside its valid range.</summary>
    OutOfRange,

    /// <summary>A property that nobody may change.</summary>
    ReadOnly,

    /// <summary>The server cannot do it now; trying again later may help.</summary>
    Unavailable,
}

/// <summary>A refusal: nothing was changed.</summary>
public sealed record Rejection(Reason Reason, string Message);
