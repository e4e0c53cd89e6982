import { MESSAGE_POSTED } from "../../../functions/contracts/events.ts";
import { definitionOf } from "../../../infra/definition.ts";
import type { JsonObject } from "../../../local/json.ts";
import type { Outcome } from "../../../local/stepfunctions/asl/interpret.ts";
import { MEMORY_MB } from "../../cost/deployment.ts";
import { PROCESSOR } from "../figures.ts";
import type { World } from "../world.ts";
import type { Strategy } from "./strategy.ts";

const PUBLISH = { name: "publish", memoryMb: MEMORY_MB.publish, timeoutMs: 5_000 };

/** A connection that is in no room of the model. */
const SENDER = "zz0000000000000=";

/**
 * The execution of `room-fanout` for one message.
 * @param received Unix time in milliseconds
 * @param sender the connection that is not posted to
 * @returns how it ended
 */
export const fanOut = (world: World, room: number, received: number, sender = SENDER): Promise<Outcome> =>
  world.machines.run("room-fanout", { detail: messageOf(world.rooms[room]!.name, received, sender) });

/**
 * Publishes as the function `publish` does (docs/architecture.md: is the sender a member, take a number, save,
 * announce), and has the bus start `room-fanout`.
 * @returns how the execution ended
 */
export const publishTo = async (world: World, room: number): Promise<Outcome> => {
  const { time, meter, tables, gateway, lambda, bus, rooms } = world;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const received = time.now();
  const { name } = rooms[room]!;
  bus.rule(`${MESSAGE_POSTED} ${name}`, async () => resolve(await fanOut(world, room, received)));
  await gateway.frame();
  await lambda.invoke(PUBLISH, async ({ compute }) => {
    await compute(PROCESSOR.publishMs);
    await tables.get();
    await tables.write();
    await tables.write();
    const Detail = JSON.stringify(messageOf(name, received, SENDER));
    await bus.put({ Entries: [{ DetailType: `${MESSAGE_POSTED} ${name}`, Detail }] });
  });
  gateway.ack();
  meter.count("tracesRecorded", 1);
  return promise;
};

const messageOf = (room: string, received: number, sender: string): JsonObject => ({
  id: "01KDVCG4T7QWERTYASDFGHZXCV",
  room,
  seq: 1,
  from: { id: "guest-5d41402abc4b2a76b9719d911017c592", name: "Ann" },
  data: "x".repeat(256),
  received,
  audience: 0,
  sender,
  // As most of them: of a message that is traced, a room of 21 or more is divided.
  trace: "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
});

/** Ours: the state machines that are deployed. */
export const roomcast: Strategy = {
  name: "roomcast",
  what: "publish announces on the bus; room-fanout and its children invoke post once a connection",
  definitions: () => ({ "room-fanout": definitionOf("room-fanout"), "room-segment": definitionOf("room-segment") }),
  publish: async (world, room) => {
    const outcome = await publishTo(world, room);
    if (outcome.status !== "SUCCEEDED") throw new Error(`room-fanout ended ${JSON.stringify(outcome)}`);
  },
};
