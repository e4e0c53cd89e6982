import { afterAll, beforeAll, expect, test } from "vitest";
import { asyncApi, faultsOf, repliesOf, sentMessages } from "../support/asyncapi.ts";
import type { ReceivedFrame } from "../support/member.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    wrapped: {
      ping: `export const handler = (event, context) => {
        if (JSON.parse(event.body).ref === "fail") throw new Error("broken");
        return real.handler(event, context);
      };`,
    },
  });
});
afterAll(() => roomcast.stop());

/** The messages among these that a frame is, by the document's schemas. */
const matching = (messages: string[], frame: ReceivedFrame) =>
  messages.filter((message) => faultsOf(message, frame).length === 0);

test("the document's local server is where Roomcast listens", () => {
  expect(new URL(roomcast.endpoint).pathname).toBe(asyncApi.servers.local.pathname);
});

test("every answer in a conversation is the one message that the document has for it", async () => {
  const ann = await roomcast.connect({ name: "Ann" });
  const answered = async (operation: string, frame: Record<string, unknown>) =>
    matching(repliesOf(operation), await ann.ask(frame));

  expect(await answered("receiveJoin", { message: "join", room: "lobby" })).toEqual(["joinedAnswer"]);
  expect(await answered("receivePublish", { message: "publish", data: { text: "hello" } })).toEqual(["ackAnswer"]);
  expect(await answered("receiveHistory", { message: "history", room: "lobby", after: 0 })).toEqual(["historyAnswer"]);
  expect(await answered("receiveMembers", { message: "members", room: "lobby" })).toEqual(["membersAnswer"]);
  expect(await answered("receivePing", { message: "ping" })).toEqual(["pongAnswer"]);
  expect(await answered("receiveLeave", { message: "leave", room: "lobby" })).toEqual(["leftAnswer"]);
  const refused = [
    answered("receiveJoin", { message: "join" }),
    answered("receivePublish", { message: "publish", room: "lobby", data: 1 }),
    answered("receiveHistory", { message: "history", room: "lobby", after: 0 }),
    answered("receiveMembers", { message: "members", room: "" }),
  ];
  expect(await Promise.all(refused)).toEqual(refused.map(() => ["errorAnswer"]));
  await ann.close();
});

test("what API Gateway says where a function fails is in the document", async () => {
  const ann = await roomcast.connect();
  ann.send({ message: "ping", ref: "fail" });
  expect(matching(repliesOf("receivePing"), await ann.next({}))).toEqual(["gatewayAnswer"]);
  await ann.close();
});

test("every frame that members get unasked is the one message that the document has for it", async () => {
  const [ann, bob] = await Promise.all([
    roomcast.connect({ room: "attic", name: "Ann" }),
    roomcast.connect({ room: "attic", name: "Bob" }),
  ]);
  ann.send({ message: "publish", data: "hello" });
  ann.send({ message: "typing", room: "attic" });
  const got = await Promise.all(["message", "typing", "presence"].map((type) => bob.next({ type })));
  expect(got.map((frame) => matching(sentMessages(), frame))).toEqual([
    ["messageToMembers"],
    ["typingToMembers"],
    ["presenceToMembers"],
  ]);
  await Promise.all([ann.close(), bob.close()]);
});
