using System.Diagnostics;

namespace Parley.Bench.Customers;

/// <summary>How the chats of one kind of customers began.</summary>
/// <param name="Customers">How many.</param>
/// <param name="Begun">From the first request to the last key.</param>
/// <param name="Accepted">From the first request to the last accept of an agent.</param>
/// <param name="Bytes">Resident memory of the server more than before, after garbage was collected.</param>
internal sealed record Opening(int Customers, TimeSpan Begun, TimeSpan Accepted, long Bytes)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Has them begin their chats, and waits until agents have accepted them all.</summary>
    /// <exception cref="IOException">Agents accept no more.</exception>
    public static Opening Of(WaitingCustomer[] customers, Doors doors)
    {
        var start = Stopwatch.GetTimestamp();
        var begun = doors.Steps.Each(customers, customer => customer.Open());
        var (most, progress) = (0, Stopwatch.GetTimestamp());
        while (Accepted() is var accepted && accepted < customers.Length)
        {
            if (accepted > most) (most, progress) = (accepted, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(progress) > Patience)
                throw new IOException($"only {accepted} of {customers.Length} chats were accepted");
            doors.Loop.Run(Look);
        }
        return new Opening(customers.Length, begun, Stopwatch.GetElapsedTime(start), 0);

        int Accepted() => customers.Count(customer => doors.Stage.IsAccepted(customer.ChatId));
    }
}
