import type { HistoryEvent } from "./asl/history.ts";

/** The last event of the history that may be the one. */
const LATEST = 1024;

/**
 * Breaks an execution off at one event of its history, which may be between two states or in the middle of a Map. How
 * long an execution will be is not known at its start: the event is as likely to be among the first 32 as after them,
 * so that short and long ones are struck in their middle. One that ends earlier has all done, and only its end is lost.
 * @param chance from 0 to below 1: where
 */
export const createBreak = (chance: number) => {
  const broken = new AbortController();
  let left = Math.floor(LATEST ** chance);
  return {
    /** Aborts at the break. */
    signal: broken.signal,
    /** Passes on the events before the break: who breaks off writes nothing more. */
    before:
      (listen: (event: HistoryEvent) => void) =>
      (event: HistoryEvent): void => {
        left -= 1;
        if (left > 0) listen(event);
        else broken.abort();
      },
  };
};
