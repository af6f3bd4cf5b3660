// An agent's desktop made of the official CometD client for the events and fetch for the requests.
import assert from "node:assert/strict";
import { CometD } from "cometd";
import { adapt } from "cometd-nodejs-client";
import { WebSocket } from "ws";

const patience = 20_000;

/**
 * Disconnects, over HTTP too: there a connect that is on its way may arrive after the disconnect and is answered 402, as for
 * any session that is over. The client stops all its requests when it hears that first, and calls the disconnect failed.
 */
export async function leave(cometd) {
  let overtaken = false;
  cometd.addListener("/meta/connect", (answer) => (overtaken ||= answer.error?.startsWith("402") === true));
  const answer = await new Promise((resolve) => cometd.disconnect(resolve));
  if (!overtaken) assert.equal(answer.successful, true, JSON.stringify(answer));
  assert.equal(cometd.isDisconnected(), true);
}

export class Desk {
  #base;
  #authorization;
  #cometd;
  #unread = [];
  #waiting = null;

  constructor(base, userName, password, transport) {
    this.#base = base;
    this.#authorization = "Basic " + Buffer.from(`${userName}:${password}`).toString("base64");
    adapt();
    const headers = { Authorization: this.#authorization };
    window.WebSocket = class extends WebSocket {
      constructor(url, protocol) {
        super(url, protocol, { headers });
      }
    };
    this.#cometd = new CometD();
    for (const other of ["websocket", "long-polling", "callback-polling"])
      if (other !== transport) this.#cometd.unregisterTransport(other);
    this.#cometd.configure({ url: `${base}/api/v2/notifications`, requestHeaders: headers, logLevel: "warn" });
    this.transport = transport;
  }

  /** Handshakes and subscribes to each topic; events on chats are kept in order of arrival. */
  async listen(topics) {
    await this.#reply((done) => this.#cometd.handshake(done));
    assert.equal(this.#cometd.getTransport().type, this.transport);
    for (const topic of topics)
      await this.#reply((done) => this.#cometd.subscribe(topic, (event) => this.#arrived(event), done));
  }

  async disconnect() {
    await leave(this.#cometd);
  }

  async post(path, body) {
    return this.#request(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  }

  async get(path) {
    return this.#request(path, {});
  }

  /** The next event of the topic, its data; fails when none comes in time. */
  async next(topic) {
    const deadline = AbortSignal.timeout(patience);
    while (true) {
      const at = this.#unread.findIndex((event) => event.channel === topic);
      if (at >= 0) return this.#unread.splice(at, 1)[0].data;
      await new Promise((resolve, reject) => {
        this.#waiting = resolve;
        deadline.addEventListener("abort", () => reject(new Error(`nothing arrived on ${topic}`)), { once: true });
      });
    }
  }

  #arrived(event) {
    assert.equal(typeof event.data?.messageType, "string", JSON.stringify(event));
    if (event.data.messages?.[0].index === -1) return; // TranscriptSaveDone: when it comes is the transcript store's affair
    this.#unread.push(event);
    this.#waiting?.();
  }

  async #reply(send) {
    const message = await new Promise((resolve) => send(resolve));
    assert.equal(message.successful, true, JSON.stringify(message));
    return message;
  }

  async #request(path, options) {
    const headers = { ...options.headers, Authorization: this.#authorization };
    const response = await fetch(this.#base + path, { ...options, headers, signal: AbortSignal.timeout(patience) });
    const answer = await response.json();
    assert.equal(answer.statusCode, 0, `${path}: HTTP ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
}

/** A customer's page: one chat by the GMS Chat API v2. */
export class Customer {
  static async ask(base, nickname) {
    const customer = new Customer();
    customer.url = `${base}/genesys/2/chat/customer-support`;
    customer.keys = await customer.post("", { nickname });
    customer.url += `/${customer.keys.chatId}`;
    return customer;
  }

  async post(operation, fields = {}) {
    const body = new URLSearchParams({ ...fields, secureKey: this.keys?.secureKey ?? "" });
    const response = await fetch(`${this.url}/${operation}`, { method: "POST", body, signal: AbortSignal.timeout(patience) });
    const answer = await response.json();
    assert.equal(answer.statusCode, 0, `${operation}: HTTP ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
