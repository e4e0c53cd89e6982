import { backoff } from "./backoff.ts";
import { type Clock, sleep, whenAborted } from "./clock.ts";
import type { AnswerOf, Position } from "./frames.ts";

interface Needs {
  /** Where the room is to go on, if messages are missing there. */
  readonly missingAfter: () => Position | undefined;
  /** A page of history after there. */
  readonly ask: (position: Position) => Promise<AnswerOf<"history">>;
  /** Takes the page in. */
  readonly take: (asked: Position, page: AnswerOf<"history">) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ended: AbortSignal;
}

/** Fetches what a room has missed. */
export interface CatchUp {
  now(): void;
  /** In a moment, if it is missing by then: most of it is on its way, and a large room should not ask all at once. */
  soon(): void;
}

const MOMENT_MS = { from: 300, to: 1_500 };

export const createCatchUp = ({ missingAfter, ask, take, clock, random, ended }: Needs): CatchUp => {
  let fetching = false;
  let cancel: (() => void) | undefined;

  const fetch = async () => {
    fetching = true;
    let vain = 0;
    for (let asked = missingAfter(); asked && !ended.aborted; asked = missingAfter()) {
      const page = await ask(asked).catch(() => undefined);
      if (page) take(asked, page);
      vain = missingAfter() === asked ? vain + 1 : 0;
      // Whatever is wrong there: without what is missing the room stands still, so it is never given up.
      if (vain > 0) await sleep(clock, backoff(vain, random), ended).catch(() => {});
    }
    fetching = false;
  };

  const now = () => {
    cancel?.();
    cancel = undefined;
    if (!fetching) void fetch();
  };

  whenAborted(ended, () => cancel?.());
  return {
    now,
    soon: () => {
      if (fetching) return;
      cancel ??= clock.after(MOMENT_MS.from + random() * (MOMENT_MS.to - MOMENT_MS.from), now);
    },
  };
};
