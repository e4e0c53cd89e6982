import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../client/index.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";

const BURST = 5;

/** Few enough that a test is soon above them: ping frames of a connection, messages of a room, connections of a person. */
const small = ({ Resources }: Template): void => {
  for (const { Properties } of Object.values(Resources)) {
    const variables = Properties.Environment?.Variables;
    if (Properties.Handler === "ping.handler")
      Object.assign(variables, { CONNECTION_FRAMES_PER_SECOND: "1", CONNECTION_FRAMES_BURST: String(BURST) });
    // And three at once: the burst of recipients are two seconds.
    if (variables?.ROOM_MESSAGES_PER_SECOND) variables.ROOM_MESSAGES_PER_SECOND = "1";
    // The fan-out reckons the room's next turn by the same rate.
    const { DefinitionSubstitutions: inMachine } = Properties;
    if (inMachine?.RoomMessageRate) inMachine.RoomMessageRate = "1";
    if (variables?.CONNECTIONS_PER_IDENTITY) variables.CONNECTIONS_PER_IDENTITY = "3";
  }
};

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({ change: small });
});
afterAll(() => roomcast.stop());

test("a connection that sends too many frames is refused, and goes on as soon as it was told", async () => {
  const ann = await roomcast.connect();
  let [answer, pongs] = [await ann.ask({ message: "ping" }), 0];
  for (; answer.type === "pong"; pongs++) answer = await ann.ask({ message: "ping" });
  expect(pongs).toBeGreaterThanOrEqual(BURST);
  const reason = "You send too many frames: wait 1 s, then go on.";
  expect(answer).toEqual({ type: "error", code: "RATE_LIMITED", reason, ref: expect.any(String) });
  const next = () => ann.ask({ message: "ping" });
  await expect.poll(next, { interval: 1_000 }).toMatchObject({ type: "pong" });
  await ann.close();
});

test("one that goes on at it is ended, and the others do not notice", async () => {
  const [flood, bob] = [await roomcast.connect({ room: "lobby" }), await roomcast.connect({ room: "lobby" })];
  const { socket } = flood;
  let sent = 0;
  while (socket.readyState === socket.OPEN) {
    flood.send({ message: "ping" });
    sent += 1;
    await expect.poll(() => flood.unread.length === sent || socket.readyState !== socket.OPEN).toBe(true);
  }
  expect(sent).toBeGreaterThanOrEqual(2 * BURST);
  expect(flood.unread.at(-1)).toMatchObject({ code: "RATE_LIMITED" });
  expect(await bob.ask({ message: "ping" })).toMatchObject({ type: "pong" });
  expect(await bob.ask({ message: "publish", room: "lobby", data: 1 })).toMatchObject({ type: "ack" });
  await bob.close();
});

test("a room takes so many messages a second; what is refused goes through later, once, and other rooms' at once", async () => {
  const bob = await roomcast.connect({ room: "quiet" });
  const ann = connect(roomcast.endpoint, { name: "ann" });
  const room = ann.join("busy");
  const refused = () => roomcast.logged.filter(({ details }) => details?.code === "RATE_LIMITED").length;
  const said = Array.from({ length: 8 }, (_, n) => n);
  const published = Promise.all(said.map((n) => room.publish(n)));
  await expect.poll(refused).toBeGreaterThan(0);
  expect(await bob.ask({ message: "publish", room: "quiet", data: 1 })).toMatchObject({ type: "ack" });
  await published;
  const reader = await roomcast.connect({ room: "busy" });
  const { messages } = await reader.ask({ message: "history", room: "busy", after: 0 });
  expect(messages.map(({ data }: { data: number }) => data).toSorted()).toEqual(said);
  await Promise.all([ann.close(), bob.close(), reader.close()]);
});

test("a person has so many connections; one more is turned away with 429 until one of them ends", async () => {
  const kim = { client: "the secret of one person's" };
  const devices = [await roomcast.connect(kim), await roomcast.connect(kim), await roomcast.connect(kim)];
  await expect(roomcast.connect(kim)).rejects.toThrow("Unexpected server response: 429");
  const lee = await roomcast.connect({ client: "the secret of another's" });
  await devices[0]!.close();
  const again = () => roomcast.connect(kim).catch(() => undefined);
  await expect.poll(again).toBeDefined();
  const people = await roomcast.rows("people");
  const counts = [...Map.groupBy(people, ({ identity }) => identity).values()].map(({ length }) => length);
  expect(Math.max(...counts)).toBe(3);
  await lee.close();
});
