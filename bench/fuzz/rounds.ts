import { setTimeout as sleep } from "node:timers/promises";
import { onInspectedRuntime } from "../inspected.ts";
import { attackLoad } from "../load-process.ts";
import type { Memory } from "../memory.ts";
import { WIDE_LIMITS } from "../wide-limits.ts";
import type { Attacked } from "./attack.ts";
import { entryOf, isBug } from "./bugs.ts";
import { type Served, startHonest } from "./honest.ts";

/** Of an even number, the second half is judged. */
const ROUNDS = 8;
const HONEST_ROOMS = 3;
/** What a round leaves behind has ended by then: `$disconnect` routes, timers, retries of what failed. */
const SETTLE_MS = 3_000;

/** A run of the fuzzer. */
export interface Fuzzed {
  readonly rounds: readonly Attacked[];
  /** After each round, and before the first. */
  readonly memory: readonly Memory[];
  readonly served: Served;
  /** Whether the runtime is still there. */
  readonly alive: boolean;
  /** Lines of its log that tell of bugs. */
  readonly errors: readonly string[];
  readonly seconds: number;
}

/**
 * Attacks a runtime in rounds, beside honest clients, and measures its memory between them. Attackers, honest clients
 * and the runtime have a process each.
 * @param tell hears after each round how far it is
 */
export const fuzzInRounds = async (count: number, seed: number, tell: (line: string) => void): Promise<Fuzzed> => {
  const began = performance.now();
  const errors: string[] = [];
  return onInspectedRuntime(
    async ({ runtime, memory }) => {
      let alive = true;
      void runtime.ended.then(() => {
        alive = false;
      });
      const target = { endpoint: runtime.endpoint, sdk: await runtime.sdk() };
      const honest = await startHonest(runtime.endpoint, HONEST_ROOMS);
      const measured = [await memory()];
      const rounds: Attacked[] = [];
      for (let round = 0; round < ROUNDS && alive; round++) {
        const first = Math.floor((count * round) / ROUNDS);
        const pieces = Math.floor((count * (round + 1)) / ROUNDS) - first;
        rounds.push(await attackLoad({ target, seed, first, pieces }));
        await sleep(SETTLE_MS);
        if (alive) measured.push(await memory());
        const { faults, faultCount } = rounds.at(-1)!;
        const minutes = ((performance.now() - began) / 60_000).toFixed(1);
        tell(`piece ${first + pieces} of ${count} after ${minutes} min, ${faultCount} faults ${faults[0] ?? ""}`);
      }
      const served = await honest.stop();
      return { rounds, memory: measured, served, alive, errors, seconds: (performance.now() - began) / 1000 };
    },
    WIDE_LIMITS,
    (line) => {
      const entry = entryOf(line);
      if (entry && isBug(entry)) errors.push(line);
    },
  );
};
