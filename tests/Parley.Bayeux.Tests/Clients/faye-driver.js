// Drives Faye's client, under Node and in a page alike, as cometd-driver.js does CometD's.
export function drive(faye, settings, say) {
  const client = new faye.Client(settings.url, { retry: 0.1 });
  // Long-polling stays in any case, for Faye's handshake never goes over WebSocket.
  if (!settings.transports.includes("websocket")) client.disable("websocket");
  client.disable("autodisconnect");
  // Under Node it shows nothing of where it comes from with its WebSocket, so it has to show who it is.
  if (settings.principal !== "anonymous") client.setHeader("X-User", settings.principal);

  let connected = false;
  const connect = (is) => {
    if (connected !== is) say(`connect ${is} ${client._dispatcher.connectionType}`);
    connected = is;
  };
  client.addExtension({
    incoming(reply, pass) {
      if (reply.channel === "/meta/handshake") say(`handshake ${reply.successful} ${reply.advice?.reconnect}`);
      if (reply.channel === "/meta/connect") connect(reply.successful);
      if (reply.channel === "/meta/disconnect") say(`disconnect ${reply.successful}`);
      if (/^.meta.(un)?subscribe$/.test(reply.channel))
        say(`${reply.channel.slice(6)} ${reply.successful} ${reply.subscription}${reply.successful ? "" : " " + reply.error}`);
      pass(reply);
    },
  });
  let wasDown = false;
  client.on("transport:down", () => {
    wasDown = true;
    connect(false);
  });
  client.on("transport:up", () => wasDown && connect(true));

  const publish = (channel, data) => client.publish(channel, data).then(
    () => say(`publish true ${channel}`),
    (error) => say(`publish false ${channel} ${error.code}:${error.params}:${error.message}`));
  const commands = {
    handshake: () => client.connect(),
    subscribe: (channel) => {
      const subscription = client.subscribe(channel).withChannel((name, data) => say(`event ${name} ${JSON.stringify(data)}`));
      subscription.then(() => {}, () => {}); // what became of it was said already
    },
    unsubscribe: (channel) => client.unsubscribe(channel),
    publish,
    batch: (channel, ...data) => data.forEach((one) => publish(channel, one)),
    disconnect: () => client.disconnect(),
  };
  return ([command, ...words]) => commands[command](...words);
}
