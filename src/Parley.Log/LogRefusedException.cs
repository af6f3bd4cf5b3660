namespace Parley.Log;

/// <summary>The log was not opened, and nothing was changed; the message tells the operator why and what to do.</summary>
public abstract class LogRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The stored log is damaged, or is not a log at all.</summary>
public sealed class LogDamagedException(string message, Exception? inner = null) : LogRefusedException(message, inner);

/// <summary>The stored log was written by a newer version of Parley.</summary>
public sealed class LogTooNewException(string message) : LogRefusedException(message);

/// <summary>Another process has the stored log open.</summary>
public sealed class LogInUseException(string message, Exception? inner = null) : LogRefusedException(message, inner);
