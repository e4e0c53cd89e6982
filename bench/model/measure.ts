import { priceOf } from "./prices.ts";
import type { Strategy } from "./strategies/strategy.ts";
import { createWorld, type WorldOptions } from "./world.ts";

/** How a strategy has served a room. Milliseconds count from the moment the frame came to API Gateway. */
export interface Served {
  readonly firstMs: number;
  readonly medianMs: number;
  readonly lastMs: number;
  /** Members that got nothing. */
  readonly refused: number;
  /** US dollars for a million deliveries, all but egress. */
  readonly costPerMillion: number;
}

/** Publishes one message to a room, and sees who gets it when. */
export const measure = async (
  strategy: Strategy,
  members: number,
  options: Omit<WorldOptions, "rooms" | "definitions">,
): Promise<Served> => {
  const world = createWorld({ ...options, rooms: { lobby: members }, definitions: strategy.definitions?.() ?? {} });
  await world.time.run(strategy.publish(world, 0));
  const [room] = world.rooms;
  const reached = room!.arrivals.at.filter((at) => !Number.isNaN(at)).sort();
  return {
    firstMs: reached[0] ?? Number.NaN,
    // The member that half of the room is not served after; of those that are served at all.
    medianMs: reached[Math.ceil(reached.length / 2) - 1] ?? Number.NaN,
    lastMs: reached.at(-1) ?? Number.NaN,
    refused: members - reached.length,
    costPerMillion: (priceOf(world.meter.usage()) / room!.arrivals.count()) * 1e6,
  };
};
