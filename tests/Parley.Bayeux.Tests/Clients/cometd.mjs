// node cometd.mjs URL TRANSPORT CHANNEL: tells on standard output what happens to an official CometD client, one line each,
// and obeys the lines "publish JSON" and "disconnect" on standard input. It ends by itself once nothing is left open.
import { createInterface } from "node:readline";
import { CometD } from "cometd";
import { adapt } from "cometd-nodejs-client";

const [url, transport, channel] = process.argv.slice(2);
const say = (...words) => process.stdout.write(words.join(" ") + "\n");

adapt();
const client = new CometD();
for (const other of ["websocket", "long-polling", "callback-polling"]) {
  if (other !== transport) client.unregisterTransport(other);
}
client.configure({ url, logLevel: "error", backoffIncrement: 50, maxBackoff: 200 });

client.addListener("/meta/handshake", (reply) => {
  say("handshaken", reply.successful, reply.advice?.reconnect ?? "");
  if (!reply.successful) return;
  client.batch(() => client.subscribe(channel, (event) => say("event", event.channel, JSON.stringify(event.data)),
    (answer) => say("subscribed", answer.successful)));
});
let connected = false;
client.addListener("/meta/connect", (reply) => {
  if (connected !== reply.successful) say(reply.successful ? "connected" : "unconnected", client.getTransport()?.type ?? "");
  connected = reply.successful;
});
client.addListener("/meta/disconnect", (reply) => say("disconnected", reply.successful));

const input = createInterface({ input: process.stdin });
input.on("line", (line) => {
  if (line.startsWith("publish ")) {
    client.publish(channel, JSON.parse(line.slice(8)), (reply) => say("published", reply.successful));
  } else if (line === "disconnect") {
    client.disconnect();
  } else if (line === "end") {
    process.stdin.destroy();
  }
});

client.handshake();
