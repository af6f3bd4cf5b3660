// Drives a CometD client, under Node and in a page alike: tells in lines what happens to it, and obeys lines.
export function drive({ CometD, ...library }, settings, say) {
  const client = new CometD();
  for (const type of client.getTransportTypes()) {
    if (!settings.transports.includes(type)) client.unregisterTransport(type);
  }
  for (const extension of settings.extensions) client.registerExtension(extension, new library[extension]());
  client.configure({
    url: settings.url, logLevel: "warn", backoffIncrement: 50, maxBackoff: 200, ...settings.configuration,
  });

  const outcome = (reply) => (reply.successful ? "" : ` ${reply.error ?? "failure"}`);
  const tell = (event) => {
    if (event.channel.startsWith("/meta/")) return; // patterns match replies too, inside the client
    const bytes = event.data?.data instanceof ArrayBuffer ? event.data.data : event.data?.data?.buffer;
    say(`event ${event.channel} ${JSON.stringify(bytes ? [...new Uint8Array(bytes)] : event.data)}`);
  };

  // As applications do: what one is subscribed to is subscribed again with every handshake, for the session is a new one.
  const channels = [];
  const subscribe = (channel) => client.subscribe(channel, tell, (reply) => {
    say(`subscribe ${reply.successful} ${channel}${outcome(reply)}`);
  });
  let subscriptions = new Map();
  let handshaken = false;
  const subscribeAll = () => client.batch(() => {
    subscriptions = new Map(channels.map((channel) => [channel, subscribe(channel)]));
  });

  client.addListener("/meta/handshake", (reply) => {
    handshaken = reply.successful;
    say(`handshake ${reply.successful} ${reply.advice?.reconnect}${reply.ext?.ack ? " ack" : ""}`);
    if (handshaken) subscribeAll();
  });
  let connected = false;
  client.addListener("/meta/connect", (reply) => {
    const transport = client.getTransport();
    if (connected !== reply.successful) say(`connect ${reply.successful} ${transport?.type ?? transport?.getType()}`);
    connected = reply.successful;
  });
  client.addListener("/meta/disconnect", (reply) => {
    handshaken = false;
    say(`disconnect ${reply.successful}`);
  });

  const publish = (channel, data) => client.publish(channel, data, (reply) => {
    say(`publish ${reply.successful} ${channel}${outcome(reply)}`);
  });
  const commands = {
    handshake: (properties = {}) => client.handshake(properties),
    subscribe: (channel) => {
      channels.push(channel);
      if (handshaken) subscriptions.set(channel, subscribe(channel));
    },
    unsubscribe: (channel) => {
      channels.splice(channels.indexOf(channel), 1);
      client.unsubscribe(subscriptions.get(channel), (reply) => say(`unsubscribe ${reply.successful} ${channel}`));
    },
    publish,
    batch: (channel, ...data) => client.batch(() => data.forEach((one) => publish(channel, one))),
    binary: (channel, ...bytes) => client.publishBinary(channel, new Uint8Array(bytes), true),
    call: (target, data) => client.remoteCall(target, data, 5000, (reply) => {
      say(`call ${reply.successful} ${JSON.stringify(reply.data)}`);
    }),
    clock: () => say(`clock ${Math.round(client.getExtension("TimeSyncExtension").getTimeOffset())}`),
    url: (url) => client.configure({ url }),
    reload: () => client.reload(),
    disconnect: () => client.disconnect(),
  };
  return ([command, ...words]) => commands[command](...words);
}
