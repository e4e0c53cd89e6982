import { setTimeout as sleep } from "node:timers/promises";
import { openCrowd } from "./crowd.ts";

/** The same load on several runtimes, one after the other, again and again. */
export interface InTurn {
  readonly endpoints: readonly string[];
  /** Of one room in each runtime; one more publishes. */
  readonly members: number;
  /** In a round, one after the other: the next is published when everyone has the one before. */
  readonly messages: number;
  readonly rounds: number;
  /** Rounds before these that are not counted. */
  readonly warmUp: number;
  /** How long nothing may arrive before what is missing is called lost, in milliseconds. */
  readonly patienceMs: number;
}

/** What was seen of each runtime, in the order of the endpoints. */
export interface SeenInTurn {
  /** Of each round. */
  readonly deliveriesPerSecond: readonly (readonly number[])[];
  readonly missing: number;
}

const ROOM = "bench";
/** Between two rounds: what a runtime still does after its last delivery is not to slow down the next one. */
const REST_MS = 500;

/** Fills a room in each runtime and publishes to them in turn, so that a slow moment of the machine falls on all. */
export const publishInTurn = async (load: InTurn): Promise<SeenInTurn> => {
  const { endpoints, members, messages, rounds, warmUp, patienceMs } = load;
  const rooms = Array.from({ length: members + 1 }, () => [ROOM]);
  const loads = [];
  for (const endpoint of endpoints) {
    const crowd = await openCrowd(endpoint, rooms, { atRestMs: REST_MS, tries: 5 });
    loads.push({ crowd, perSecond: [] as number[] });
  }
  let missing = 0;
  for (let round = 0; round < warmUp + rounds; round++) {
    // Who comes first may have it easier.
    for (const { crowd, perSecond } of round % 2 === 0 ? loads : loads.toReversed()) {
      let busyMs = 0;
      let arrived = 0;
      for (let sent = 0; sent < messages; sent++) {
        const { heard, spanMs } = await crowd.publish({ rooms: [ROOM], data: `round ${round}`, patienceMs });
        busyMs += spanMs;
        for (const { arrivedMs } of heard) arrived += arrivedMs.length;
      }
      missing += members * messages - arrived;
      if (round >= warmUp) perSecond.push(Math.round((arrived / busyMs) * 1000));
      await sleep(REST_MS);
    }
  }
  for (const { crowd } of loads) crowd.close();
  return { deliveriesPerSecond: loads.map(({ perSecond }) => perSecond), missing };
};
