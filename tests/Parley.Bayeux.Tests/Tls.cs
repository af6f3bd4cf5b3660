using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Parley.Bayeux.Tests;

/// <summary>TLS with a certificate nobody vouches for, made when it is needed.</summary>
public static class Tls
{
    private static readonly X509Certificate2 Own = SelfSigned();

    /// <summary>A file with the certificate, for programs that are to believe it.</summary>
    public static string CertificateFile()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "self-signed.pem");
        File.WriteAllText(path, Own.ExportCertificatePem());
        return path;
    }

    /// <summary>Makes the host listen on a free port with TLS.</summary>
    public static void Listen(WebApplicationBuilder builder, HttpProtocols protocols)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, at =>
        {
            at.Protocols = protocols;
            at.UseHttps(Own);
        }));
    }

    /// <summary>A client that believes this certificate.</summary>
    public static SocketsHttpHandler Trusting() => new()
    {
        CookieContainer = new CookieContainer(),
        SslOptions = { RemoteCertificateValidationCallback = IsOwn },
    };

    private static bool IsOwn(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        Own.Equals(shown);

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost"); // what clients behind a proxy may expect instead of an address
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
