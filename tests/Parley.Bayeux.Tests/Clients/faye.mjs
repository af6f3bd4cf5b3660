// node faye.mjs URL TRANSPORT CHANNEL: the same with Faye's client.
import { createInterface } from "node:readline";
import faye from "faye";

const [url, transport, channel] = process.argv.slice(2);
const say = (...words) => process.stdout.write(words.join(" ") + "\n");

const client = new faye.Client(url, { retry: 0.1 });
if (transport !== "websocket") client.disable("websocket"); // Faye's first handshake is always by long-polling
// Faye opens its WebSocket before the handshake has brought the browser cookie, so it has to show who it is.
client.setHeader("X-User", "faye");
client.addExtension({
  incoming(message, pass) {
    if (message.channel === "/meta/handshake") say("handshaken", message.successful, message.advice?.reconnect ?? "");
    if (message.channel === "/meta/subscribe") say("subscribed", message.successful);
    if (message.channel === "/meta/disconnect") say("disconnected", message.successful);
    pass(message);
  },
});
client.subscribe(channel).withChannel((name, data) => say("event", name, JSON.stringify(data)));

const input = createInterface({ input: process.stdin });
input.on("line", (line) => {
  if (line.startsWith("publish ")) {
    client.publish(channel, JSON.parse(line.slice(8))).then(() => say("published true"), () => say("published false"));
  } else if (line === "disconnect") {
    client.disconnect();
  } else if (line === "end") {
    process.stdin.destroy();
  }
});
