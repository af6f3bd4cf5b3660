using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Transports;

/// <summary>Why an HTTP request is refused as a whole: the status, and a fixed error, which never quotes the client.</summary>
internal sealed record HttpRefusal(int Status, string Error)
{
    public static readonly HttpRefusal Request = new(StatusCodes.Status400BadRequest, BayeuxErrors.RequestInvalid);
    public static readonly HttpRefusal Payload = new(StatusCodes.Status400BadRequest, BayeuxErrors.PayloadInvalid);
    public static readonly HttpRefusal Origin = new(StatusCodes.Status403Forbidden, BayeuxErrors.OriginDenied);
    public static readonly HttpRefusal Method = new(StatusCodes.Status405MethodNotAllowed, BayeuxErrors.RequestInvalid);
    public static readonly HttpRefusal TooLarge = new(StatusCodes.Status413PayloadTooLarge, BayeuxErrors.MessageTooLarge);
    public static readonly HttpRefusal Charset = new(StatusCodes.Status415UnsupportedMediaType, BayeuxErrors.CharsetUnsupported);
    public static readonly HttpRefusal Failed = new(StatusCodes.Status500InternalServerError, BayeuxErrors.Internal);
}
