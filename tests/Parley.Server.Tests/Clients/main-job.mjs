// Plays the whole main job: an agent signs in, receives a customer's chat, answers it, leaves and completes it.
// Usage: node main-job.mjs BASE-URL long-polling|websocket TOPIC,TOPIC…
import assert from "node:assert/strict";
import { Customer, Desk } from "./desk.mjs";

const [base, transport, topics] = process.argv.slice(2);
const chats = "/v2/me/chats";
const desk = new Desk(base, "agent1", "secret1", transport);

const signedIn = await desk.get("/api/v2/me?subresources=*");
await desk.listen(topics.split(","));
await desk.post("/api/v2/me", { operationName: "StartContactCenterSession", channels: ["chat"] });
await desk.post("/api/v2/me", { operationName: "Ready" });

const customer = await Customer.ask(base, "Ada");
const id = customer.keys.chatId;
const operate = (operationName, parameters) => desk.post(`/api/v2/me/chats/${id}`, { operationName, ...parameters });

/** The next chat event must change the chat in this way; answers the chat. */
async function changed(notificationType, state) {
  const data = await desk.next(chats);
  assert.deepEqual([data.messageType, data.notificationType, data.chat?.state], ["ChatStateChangeMessage", notificationType, state], JSON.stringify(data));
  assert.equal(data.chat.id, id);
  return data.chat;
}

/** The next chat event must bring messages with these indexes and types; answers the messages. */
async function said(...expected) {
  const data = await desk.next(chats);
  assert.deepEqual([data.messageType, data.notificationType, data.chatPath], ["MessageLogUpdated", "NewMessages", `/chats/${id}`], JSON.stringify(data));
  assert.deepEqual(data.messages.map((m) => `${m.index} ${m.type}`), expected);
  return data.messages;
}

assert.deepEqual((await changed("StatusChange", "Invited")).capabilities, ["Accept", "Reject"]);
await customer.post("send", { message: "Is anybody there?" });
await operate("Accept", { nickname: "Bob" });
await changed("StatusChange", "Chatting");
assert.equal((await changed("ParticipantsUpdated", "Chatting")).participants.length, 2);
const history = await said("1 ParticipantJoined", "2 Text", "3 ParticipantJoined");
assert.ok(history[2].from.uri.endsWith(signedIn.user.id));

await operate("SendStartTypingNotification");
await said("4 TypingStarted");
await operate("SendMessage", { text: "Good morning" });
await said("5 Text");
await operate("SendStopTypingNotification");
await said("6 TypingStopped");
await customer.post("startTyping");
await said("7 TypingStarted");
await customer.post("stopTyping");
await said("8 TypingStopped");
await customer.post("send", { message: "Where is my parcel?" });
assert.equal((await said("9 Text"))[0].text, "Where is my parcel?");

await operate("AttachUserData", { userData: { OrderNo: "A-1199", Priority: 3 } });
assert.equal((await changed("PropertiesUpdated", "Chatting")).userData.Priority, 3);
await operate("SetDisposition", { disposition: "Solved" });
assert.equal((await changed("PropertiesUpdated", "Chatting")).userData.DispositionCode, "Solved");

await operate("Leave", { text: "Goodbye" });
await said("10 Text");
await changed("StatusChange", "LeftChat");
assert.deepEqual((await changed("ParticipantsUpdated", "LeftChat")).participants, []);
await said("11 ParticipantLeft", "12 ParticipantLeft");
await operate("UpdateUserData", { userData: { OrderNo: "A-1200" } });
assert.equal((await changed("PropertiesUpdated", "LeftChat")).userData.OrderNo, "A-1200");
await operate("Complete");
assert.deepEqual((await changed("StatusChange", "Completed")).capabilities, []);

const story = await customer.post("refresh", { transcriptPosition: "1" });
assert.equal(story.chatEnded, true);
assert.deepEqual(
  story.messages.filter((m) => !m.type.startsWith("Typing")).map((m) => `${m.index} ${m.type} ${m.from.type}`),
  ["1 ParticipantJoined Client", "2 Message Client", "3 ParticipantJoined Agent", "5 Message Agent", "9 Message Client",
    "10 Message Agent", "11 ParticipantLeft Agent", "12 ParticipantLeft Client"]);
assert.deepEqual((await desk.get("/api/v2/me/chats?fields=*")).chats, []);

await desk.disconnect();
console.log("the main job was played to its end");
process.exit(0);
