// A customer's software made of the official CometD client: as widgets use it (no subscription), or as the SDKs do (a
// subscription, positions as text).
import assert from "node:assert/strict";
import { CometD } from "cometd";
import { adapt } from "cometd-nodejs-client";
import { Desk, leave } from "./desk.mjs";

const patience = 20_000;
const [base, transport, manner] = process.argv.slice(2);
const channel = "/service/chatV2/customer-support";
const position = (number) => (manner === "sdk" ? String(number) : number);

class Page {
  #cometd;
  #pushes = [];
  #waiting = null;

  async open() {
    adapt();
    this.#cometd = new CometD();
    for (const other of ["websocket", "long-polling", "callback-polling"])
      if (other !== transport) this.#cometd.unregisterTransport(other);
    this.#cometd.configure({ url: `${base}/genesys/cometd`, logLevel: "warn" });
    const hear = (message) => this.#arrived(message.data);
    if (manner === "widget") this.#cometd.addListener(channel, hear);
    await this.#reply((done) => this.#cometd.handshake(done));
    assert.equal(this.#cometd.getTransport().type, transport);
    if (manner === "sdk") await this.#reply((done) => this.#cometd.subscribe(channel, hear, done));
    return this;
  }

  async publish(operation, data = {}) {
    const body = { operation, ...this.keys, ...data };
    await this.#reply((done) => this.#cometd.publish(channel, body, done));
  }

  async next() {
    const deadline = AbortSignal.timeout(patience);
    while (this.#pushes.length === 0)
      await new Promise((resolve, reject) => {
        this.#waiting = resolve;
        deadline.addEventListener("abort", () => reject(new Error("nothing was pushed")), { once: true });
      });
    return this.#pushes.shift();
  }

  /** The texts of the pushes to come until this one. */
  async hearUntil(wanted) {
    const heard = [];
    while (!heard.some((message) => message.text === wanted)) heard.push(...(await this.next()).messages);
    return heard;
  }

  async close() {
    await leave(this.#cometd);
  }

  #arrived(push) {
    assert.equal(typeof push?.statusCode, "number", JSON.stringify(push));
    assert.equal(typeof push.chatEnded, "boolean", JSON.stringify(push));
    assert.ok(Array.isArray(push.messages), JSON.stringify(push));
    assert.ok(push.errors === undefined || push.errors.length > 0, JSON.stringify(push));
    this.#pushes.push(push);
    this.#waiting?.();
  }

  async #reply(send) {
    const message = await new Promise((resolve) => send(resolve));
    assert.equal(message.successful, true, JSON.stringify(message));
    return message;
  }
}

const bob = new Desk(base, "agent1", "secret1", "long-polling");
await bob.listen(["/v2/me/chats"]);
await bob.post("/api/v2/me", { operationName: "StartContactCenterSession", channels: ["chat"] });
await bob.post("/api/v2/me", { operationName: "Ready" });

const page = await new Page().open();
await page.publish("requestChat", { nickname: "", firstName: "Ada", lastName: "Byron", text: "", userData: { GCTI_LanguageCode: "en" } });
const first = await page.next();
assert.equal(first.statusCode, 0, JSON.stringify(first));
assert.equal(first.chatEnded, false);
assert.equal(first.messages[0].from.nickname, "Ada Byron");
const { chatId, secureKey, userId, alias } = first;
page.keys = { chatId, secureKey, userId, alias };

const offer = await bob.next("/v2/me/chats");
assert.equal(offer.chat.id, chatId);
await bob.post(`/api/v2/me/chats/${chatId}`, { operationName: "Accept" });
await bob.post(`/api/v2/me/chats/${chatId}`, { operationName: "SendMessage", text: "Good morning" });
const greeted = await page.hearUntil("Good morning");
assert.deepEqual(greeted.map((message) => message.type), ["ParticipantJoined", "Message"]);

await page.publish("startTyping", { message: "He" });
await page.publish("sendMessage", { message: "Hello", messageType: "text" });
const own = await page.hearUntil("Hello");
assert.equal(own.length, 1, JSON.stringify(own));

// the page is reloaded
await page.close();
const reloaded = await new Page().open();
reloaded.keys = page.keys;
await reloaded.publish("requestNotifications", { transcriptPosition: position(1), message: "" });
const all = await reloaded.next();
assert.deepEqual(all.messages.map((message) => message.text ?? message.type), ["ParticipantJoined", "ParticipantJoined", "Good morning", "Hello"]);
await reloaded.publish("requestNotifications", { transcriptPosition: position(all.nextPosition) });
assert.deepEqual((await reloaded.next()).messages, []);

await reloaded.publish("disconnect");
const last = await reloaded.next();
assert.equal(last.chatEnded, true);
assert.equal(last.messages.at(-1).type, "ParticipantLeft");
await reloaded.close();
await bob.disconnect();
