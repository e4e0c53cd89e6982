import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeadLetter, MessageStory, RedriveRequest, RedriveResult } from "../../../console/contract.ts";
import { startRoomcast } from "../../support/roomcast.ts";
import { ask, change } from "./ask.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let sqs: SQSClient;
beforeAll(async () => {
  roomcast = await startRoomcast();
  sqs = new SQSClient(roomcast.client);
});
afterAll(async () => {
  sqs.destroy();
  await roomcast.stop();
});

const api = async <T>(path: string): Promise<T> =>
  JSON.parse((await ask(roomcast.origin, `/console/api/${path}`)).body);
const redrive = async (request: RedriveRequest): Promise<RedriveResult[]> =>
  JSON.parse((await change(roomcast.origin, "POST", "/console/api/dead-letters/redrive", request)).body);

test("a member who could not be posted to is in a letter, that says it, and gets the message by the redrive of it", async () => {
  const ann = await roomcast.connect({ room: "lobby", name: "ann" });
  const bob = await roomcast.connect({ room: "lobby", name: "bob" });
  const [row] = (await roomcast.rows("connections")).filter(({ name }) => name === "bob");
  const { id } = await ann.ask({ message: "publish", room: "lobby", data: "hello" });
  await bob.next({ type: "message", id });
  const message = { id, room: "lobby", seq: 1, from: { id: "ann", name: "ann" }, data: "hello", received: Date.now() };
  const failed = { connectionId: row!.connectionId, error: "PostTimeout" };
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: roomcast.outputs.UndeliveredQueueUrl,
      MessageBody: JSON.stringify({ message: { ...message, sender: "ann=", trace: "" }, connections: [failed] }),
    }),
  );

  const [letter] = await api<DeadLetter[]>("dead-letters");
  expect(letter).toMatchObject({ queue: "undelivered", messageId: id, room: "lobby", connections: 1 });
  expect(letter!.reason).toContain("PostTimeout");
  expect(JSON.stringify(letter)).not.toContain("hello");

  const letterIds = [letter!.letterId];
  expect(await redrive({ letterIds, dryRun: true })).toEqual([
    expect.objectContaining({ letterId: letterIds[0], done: false }),
  ]);
  expect(await redrive({ letterIds, dryRun: false })).toEqual([
    expect.objectContaining({ letterId: letterIds[0], done: true }),
  ]);
  await bob.next({ type: "message", id });
  expect(await api<DeadLetter[]>("dead-letters")).toEqual([]);
  // The redrive posted to bob once more: his row says that he was posted to twice.
  await expect
    .poll(async () => (await api<MessageStory>(`messages/${id}`)).recipients)
    .toEqual([expect.objectContaining({ connectionId: row!.connectionId, outcome: "delivered", tries: 2 })]);
  await ann.close();
  await bob.close();
});
