using Parley.Server.Provisioning;

namespace Parley.Server.Hosting;

/// <summary>How many chats each agent may have at once, offered ones and those in after-chat work included.</summary>
internal sealed class Capacity(ContactCenter center)
{
    public int Of(AgentId agent) => center.Users.ById(agent)?.MaxConcurrentChats ?? 0;
}
