using System.Net;
using System.Net.Sockets;

namespace Parley.Bayeux;

/// <summary>The part of a client's address by which limits count: whoever has one IPv6 address has its whole network.</summary>
public static class ClientNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>
    /// The first 64 bits of an IPv6 address, and an IPv4 address as it is, mapped or not; <see cref="IPAddress.None"/> where
    /// there is none.
    /// </summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, PrefixBytes), .. new byte[16 - PrefixBytes]])
            : address;
    }

    /// <summary>The same of an address as text.</summary>
    public static IPAddress Of(string address) => Of(IPAddress.TryParse(address, out var parsed) ? parsed : null);
}
