/** What may go wrong, each with its share of the occasions: 0 is never, 1 always. */
export const FAULTS = [
  /** A call of an AWS service is refused and has no effect. */
  "throttled",
  /** A call has its effect, and no answer. */
  "unanswered",
  /** An SDK repeats a call that had its effect already. */
  "repeated",
  /** A call takes seconds. */
  "slow",
  /** An eventually consistent read gives what was there before. */
  "stale",
  /** The index is seconds behind its table. */
  "indexLags",
  "crashBefore",
  "crashAfter",
  /** A throttled integration: nobody tells the client that its frame is lost. */
  "frameLost",
  "connectRefused",
  "disconnectLost",
  "busRefuses",
  "busDuplicates",
  /** An event is seconds late, and others pass it. */
  "busDelays",
  "executionRestarts",
  /** An execution ends in the dead-letter queue. */
  "executionFails",
  /** A post is answered 200, and the client never gets it. */
  "postLost",
  /** A post is answered 410 although it is delivered. */
  "postGone",
] as const;
export type Fault = (typeof FAULTS)[number];
export type Rates = Readonly<Partial<Record<Fault, number>>>;

/** What befalls the world: which faults strike, and how long everything takes. */
export interface Weather {
  /** From now on faults strike at these rates. */
  change(rates: Rates): void;
  /** @param where what it may befall, such as `ann publish.save` */
  strikes(fault: Fault, where: string): boolean;
  /** A number between the two. */
  between(from: number, to: number, where: string): number;
}

/**
 * Weather by chance. Each place has a sequence of its own out of the seed, so that a counterexample stays one while the
 * commands that have nothing to do with it are taken away: one sequence for all would change with each of them.
 */
export const createWeather = (seed: number): Weather => {
  let rates: Rates = {};
  const times = new Map<string, number>();
  const chance = (where: string): number => {
    const time = (times.get(where) ?? 0) + 1;
    times.set(where, time);
    return hashOf(`${where} ${time}`, seed) / 2 ** 32;
  };
  return {
    change: (next) => {
      rates = next;
    },
    strikes: (fault, where) => {
      const rate = rates[fault] ?? 0;
      return rate > 0 && chance(`${fault} ${where}`) < rate;
    },
    between: (from, to, where) => from + (to - from) * chance(where),
  };
};

/**
 * Fair weather in which everything takes its usual time, but for what is written down.
 * @param script on which occasions a fault strikes somewhere: `{ "crashAfter ann publish.save": [1] }` is at the first.
 *   A slow call takes 2 seconds on its way there, its first occasion, or back, its second.
 */
export const scripted = (script: Readonly<Partial<Record<`${Fault} ${string}`, readonly number[]>>>): Weather => {
  const times = new Map<string, number>();
  return {
    change: () => {},
    strikes: (fault, where) => {
      const what = `${fault} ${where}` as const;
      const time = (times.get(what) ?? 0) + 1;
      times.set(what, time);
      return script[what]?.includes(time) ?? false;
    },
    between: (from, to) => (from + to) / 2,
  };
};

/** FNV-1a, its bits mixed by MurmurHash3's finalizer. */
const hashOf = (text: string, seed: number): number => {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
