using System.Diagnostics;
using System.Net.Http.Headers;

namespace Parley.Server.Files;

/// <summary>The operator's scanner, a program or an address, which looks at a file before anybody gets it.</summary>
/// <remarks>Where there is none, everything is clean.</remarks>
internal sealed partial class FileScan(FilesOptions options, TimeProvider time, ILogger<FileScan> log) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.MaxConcurrentScans);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Looks at a file.</summary>
    public async Task<Verdict> Judge(string path, CancellationToken cancel)
    {
        if (options.ScanCommand.Length == 0 && options.ScanUrl.Length == 0) return Verdict.Clean;
        using var limit = new CancellationTokenSource(options.ScanTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await places.WaitAsync(either.Token);
            try
            {
                return options.ScanUrl.Length > 0 ? await Post(path, either.Token) : await Run(path, either.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            ScanFailed("it took too long");
            return Verdict.Unknown;
        }
    }

    public void Dispose()
    {
        http.Dispose();
        places.Dispose();
    }

    private async Task<Verdict> Run(string path, CancellationToken cancel)
    {
        // no shell: the arguments are the operator's, the path is the server's
        var start = new ProcessStartInfo(options.ScanCommand[0], [.. options.ScanCommand[1..], Path.GetFullPath(path)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                await Task.WhenAll(
                    process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancel),
                    process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancel),
                    process.WaitForExitAsync(cancel));
                return Of(process.ExitCode, $"exit code {process.ExitCode}");
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            ScanFailed(e.Message);
            return Verdict.Unknown;
        }
    }

    private async Task<Verdict> Post(string path, CancellationToken cancel)
    {
        try
        {
            using var content = new StreamContent(File.OpenRead(path));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var request = new HttpRequestMessage(HttpMethod.Post, options.ScanUrl) { Content = content };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var status = (int)answer.StatusCode;
            // a scanner that is busy or has waited too long has not looked at the file
            var isVerdict = status is not (StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests);
            return Of(isVerdict ? (status / 100) switch { 2 => 0, 4 => 1, _ => 2 } : 2, $"HTTP {status}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            ScanFailed(e.GetType().Name);
            return Verdict.Unknown;
        }
    }

    private Verdict Of(int code, string answer)
    {
        if (code is not (0 or 1)) ScanFailed(answer);
        return code switch { 0 => Verdict.Clean, 1 => Verdict.Harmful, _ => Verdict.Unknown };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A file could not be scanned: {Why}")]
    private partial void ScanFailed(string why);
}

/// <summary>What a scan comes to.</summary>
internal enum Verdict
{
    Clean,
    Harmful,

    /// <summary>The scanner could not tell.</summary>
    Unknown,
}
