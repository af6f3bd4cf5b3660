namespace Parley.Server.Files;

/// <summary>The places for files that are being taken in: so many altogether, and so many for one address.</summary>
internal sealed class UploadPlaces(FilesOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> byAddress = new(StringComparer.Ordinal);
    private int total;

    /// <summary>Takes a place, if there is one for this address.</summary>
    public bool TryTake(string address)
    {
        lock (gate)
        {
            var taken = byAddress.GetValueOrDefault(address);
            if (total >= options.MaxConcurrentUploads || taken >= options.MaxConcurrentUploadsPerAddress) return false;
            byAddress[address] = taken + 1;
            total++;
            return true;
        }
    }

    public void GiveBack(string address)
    {
        lock (gate)
        {
            if (--byAddress[address] == 0) byAddress.Remove(address);
            total--;
        }
    }
}
