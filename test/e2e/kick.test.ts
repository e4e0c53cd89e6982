import { once } from "node:events";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../support/command.ts";
import type { Member } from "../support/member.ts";
import { queueReader, withQueueOf } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let events: EventBridgeClient;
let kicks: ReturnType<typeof queueReader>;
let refusals: ReturnType<typeof queueReader>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    change: (template) => {
      withQueueOf("Kicked", template, "kicks");
      withQueueOf("KickRefused", template, "refusals");
    },
  });
  events = new EventBridgeClient(roomcast.client);
  const [toKicks, toRefusals] = ["kicks", "refusals"].map((name) => `${roomcast.origin}/000000000000/${name}`);
  kicks = queueReader(roomcast.client, toKicks!);
  refusals = queueReader(roomcast.client, toRefusals!);
});
afterAll(async () => {
  events.destroy();
  for (const each of [kicks, refusals]) each.close();
  await roomcast.stop();
});

const connect = (name: string, room = "lobby") => roomcast.connect({ room, name, client: name.repeat(22) });

/** Who somebody is that is connected. */
const identityOf = async (name: string) =>
  String((await roomcast.rows("connections")).find((row) => row.name === name)?.memberId);

/** @returns the event's id */
const request = async (detail: object): Promise<string> => {
  const entry = { EventBusName: roomcast.outputs.EventBusName, Source: "roomcast", DetailType: "KickRequested" };
  const put = new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] });
  return (await events.send(put)).Entries![0]!.EventId!;
};

const kick = (...args: string[]) => runCommand("kick", "--data", roomcast.data, ...args);

/** The close code of each, once all are ended. */
const ended = (members: readonly Member[]) =>
  Promise.all(members.map(async ({ socket }) => (await once(socket, "close"))[0]));

/** The rows of a person's connections. */
const rowsOf = async (identity: string) => {
  const [connections, people] = await Promise.all([roomcast.rows("connections"), roomcast.rows("people")]);
  return [
    ...connections.filter(({ memberId }) => memberId === identity),
    ...people.filter((row) => row.identity === identity && row.item !== "ban"),
  ];
};

test("an event ends all connections of a person, who may then not connect, and nobody else's", async () => {
  const [one, other, bob] = [await connect("ann"), await connect("ann", "attic"), await connect("bob")];
  const identity = await identityOf("ann");
  const closed = ended([one, other]);
  await request({ identity, seconds: 600, reason: "spam" });
  expect(await closed).toEqual([1000, 1000]);
  const { detail } = await kicks.next();
  expect(detail).toEqual({ identity, connections: 2, until: expect.any(Number) });
  expect(detail.until).toBeGreaterThan(Date.now() / 1000 + 500);
  await expect(connect("ann")).rejects.toThrow("Unexpected server response: 403");
  await expect.poll(() => rowsOf(identity)).toEqual([]);
  expect(await bob.ask({ message: "ping" })).toMatchObject({ type: "pong" });
  await bob.close();
});

test("the command does the same, and lets somebody in again", async () => {
  const carl = await connect("carl");
  const identity = await identityOf("carl");
  const closed = ended([carl]);
  const kicked = await kick("--identity", identity, "--for", "10m");
  expect(kicked).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^Ended 1 connection of guest-\S+, who may connect again at [\d-]+ [\d:]+ UTC\.\n$/),
    stderr: "",
  });
  expect(await closed).toEqual([1000]);
  await expect(connect("carl")).rejects.toThrow("403");
  expect(await kick("--identity", identity, "--for", "0")).toMatchObject({
    stdout: `Ended 0 connections of ${identity}, who may connect again at once.\n`,
  });
  await (await connect("carl")).close();
});

test("a ban that is over bars nobody, though its row is still there", async () => {
  const dora = await connect("dora");
  const identity = await identityOf("dora");
  await dora.close();
  const over = Math.floor(Date.now() / 1000) - 1;
  await roomcast.putRows("people", { identity, item: "ban", until: over, expiresAt: over });
  await (await connect("dora")).close();
});

test("a connection that was left behind is not counted as ended, and its row goes", async () => {
  const identity = "erik";
  const connectionId = "AAAAAAAAAAAAAAA=";
  const row = { identity, item: `connection#${connectionId}`, connectionId, connectedAt: 0, expiresAt: 4e9 };
  await roomcast.putRows("people", row);
  expect(await kick("--identity", identity, "--for", "0")).toMatchObject({
    stdout: expect.stringContaining("Ended 0 connections"),
  });
  expect(await rowsOf(identity)).toEqual([]);
});

test("a request that is wrong is refused on the bus by the field's name, and by the command in one line", async () => {
  const id = await request({ identity: "ann", seconds: 600, minutes: 10 });
  const reason = "`minutes` is not one of identity, seconds and reason.";
  expect((await refusals.next()).detail).toEqual({ request: id, reason });
  expect(await kick("--identity", "a\nb")).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "`identity` is text of 1 to 128 characters, none of them a control character.\n",
  });
});
