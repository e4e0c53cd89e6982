import { EVENT_SOURCE, MESSAGE_POSTED } from "../../../functions/contracts/events.ts";
import { definitionOf } from "../../../infra/definition.ts";
import type { JsonObject } from "../../../local/json.ts";
import type { Outcome } from "../../../local/stepfunctions/asl/interpret.ts";
import { PROCESSOR } from "../figures.ts";
import type { World } from "../world.ts";
import type { Strategy } from "./strategy.ts";

const PUBLISH = { name: "publish", memoryMb: 256, timeoutMs: 5_000 };

/** A connection that is in no room of the model. */
const SENDER = "zz0000000000000=";

/**
 * Publishes as the function `publish` does (docs/architecture.md: is the sender a member, take a number, save,
 * announce), and has the bus start `room-fanout`.
 * @param sender the connection that is not posted to
 * @returns how the execution ended
 */
export const publishTo = async (world: World, room: number, sender = SENDER): Promise<Outcome> => {
  const { time, delay, meter, tables, gateway, lambda, bus, machines, rooms } = world;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  bus.rule(MESSAGE_POSTED, async (detail) => resolve(await machines.run("room-fanout", { detail })));
  const received = time.now();
  await gateway.frame();
  await lambda.invoke(PUBLISH, async ({ compute }) => {
    await compute(PROCESSOR.publishMs);
    await tables.get();
    await tables.write();
    await tables.write();
    const Detail = JSON.stringify(messageOf(rooms[room]!.name, received, sender));
    await bus.put({ Entries: [{ Source: EVENT_SOURCE, DetailType: MESSAGE_POSTED, Detail }] });
  });
  gateway.ack();
  meter.count("tracesRecorded", 1);
  await delay("route", 0);
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
  trace: "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
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
