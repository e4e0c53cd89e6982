import { MESSAGE_DELIVERED, type MessageDelivered } from "../../../functions/contracts/events.ts";
import type { Behaviour } from "../aws/gateway.ts";
import { type Chance, createChance } from "../chance.ts";
import { MISHAPS, type Rates } from "../mishaps.ts";
import { memberOf } from "../room.ts";
import { fanOut, roomcast } from "../strategies/roomcast.ts";
import { createWorld, type World } from "../world.ts";

/** What a receipt says, and what is true. */
export interface Found {
  readonly members: number;
  /** Undefined where some members could not be served at all: then there is none. */
  readonly receipt: MessageDelivered | undefined;
  /** Of each member but the sender, as the model knows it: who got a frame, is gone, or is among the dead letters. */
  readonly truth: Pick<MessageDelivered, "recipients" | "delivered" | "gone" | "failed">;
  /** Members whom nobody served and no dead letter names. */
  readonly forgotten: number;
}

const LEAST_MEMBERS = 30;
const MOST_MEMBERS = 1_500;

/** Of the connections, the share that is gone, and the share that refuses every post. */
const GONE = 0.04;
const REFUSES = 0.01;

/** One message to a room of some size in which all goes wrong that can, and some connections are gone. */
export const receiptWithMishaps = async (seed: number): Promise<Found> => {
  const chance = createChance(seed);
  const members = Math.round(LEAST_MEMBERS * (MOST_MEMBERS / LEAST_MEMBERS) ** chance.of("members")());
  const world = createWorld({
    seed,
    rooms: { lobby: members },
    definitions: roomcast.definitions?.() ?? {},
    mishaps: ratesOf(chance),
    behaviourOf: behaviours(members, chance.of("behaviour")),
  });
  let receipt: MessageDelivered | undefined;
  world.bus.rule(MESSAGE_DELIVERED, async (detail) => {
    receipt = detail as unknown as MessageDelivered;
  });
  const sender = world.rooms[0]!.slotOf(0).slice(8);
  await world.time.run(fanOut(world, 0, world.time.now(), sender));
  // The receipt's own way over the bus.
  await world.time.run(world.time.wait(10_000));
  return { members, receipt, truth: truthOf(world), forgotten: forgottenIn(world) };
};

/** Each mishap has a rate of its own: up to 4 % of the occasions, up to half of the few that there are of children. */
const ratesOf = (chance: Chance): Rates => {
  const uniform = chance.of("rates");
  return Object.fromEntries(MISHAPS.map((name) => [name, uniform() * (name.startsWith("child") ? 0.5 : 0.04)]));
};

const behaviours = (members: number, uniform: () => number) => {
  const drawn = Array.from({ length: members }, (_, member): Behaviour => {
    const share = uniform();
    // The sender's own is first: it is well.
    if (member === 0 || share >= GONE + REFUSES) return "takes";
    return share < GONE ? "gone" : "refuses";
  });
  return (connectionId: string) => drawn[memberOf(connectionId).member]!;
};

/** What a receipt has to say: of executions whose answers were lost nothing counts, since others served their ranges. */
const truthOf = (world: World): Found["truth"] => {
  const { discarded, pruned } = world;
  const { members, arrivals, slotOf } = world.rooms[0]!;
  const failed = namedIn(world, (session) => !discarded.has(session));
  const gone = [...pruned.values()].filter((session) => !discarded.has(session)).length;
  const delivered = arrivals.at.reduce(
    (sum, at, member) => sum + (Number.isNaN(at) || failed.has(slotOf(member).slice(8)) ? 0 : 1),
    0,
  );
  return { recipients: members - 1 - (pruned.size - gone), delivered, gone, failed: failed.size };
};

/** Connections that dead letters name. */
const namedIn = ({ deadLetters }: World, counts: (session: string) => boolean): Set<string> =>
  new Set(
    deadLetters
      .filter(({ session }) => counts(session))
      .flatMap(({ body }) => (body.connections ?? []) as { connectionId: string }[])
      .map(({ connectionId }) => connectionId),
  );

const forgottenIn = (world: World): number => {
  const named = namedIn(world, () => true);
  const ranges = world.deadLetters.map(({ body }) => body as { from?: string; to?: string });
  const { arrivals, slotOf } = world.rooms[0]!;
  const members = Array.from(arrivals.at, (at, member) => ({ at, slot: slotOf(member) })).slice(1);
  return members.filter(({ at, slot }) => {
    const connectionId = slot.slice(8);
    if (!Number.isNaN(at) || world.pruned.has(connectionId) || named.has(connectionId)) return false;
    return !ranges.some(({ from, to }) => from !== undefined && to !== undefined && from <= slot && slot <= to);
  }).length;
};
