using Parley.Simulator.Options;

namespace Parley.Simulator.Humans;

/// <summary>One message of a person: thought about, typed, sent.</summary>
internal sealed record Turn(TimeSpan Thinking, TimeSpan Typing, string Text)
{
    private const double SpreadOfThinking = 0.7;

    public static Turn Of(SimulatorOptions options, Chance chance)
    {
        var text = Words.Text(chance);
        return new Turn(
            chance.Around(options.Thinking, SpreadOfThinking), Humans.Typing.TimeFor(text, options.TypingWpm, chance), text);
    }
}
