import type { OneByOne } from "./one-by-one.ts";

/** As many messages as a client may have waiting without being taken for a flood: a join for each of fifty rooms. */
const BURST = 50;
/** So many milliseconds without a message that has to wait are the end of a flood. */
const CALM_MS = 1_000;

/**
 * Takes a client's messages, so many of them at once. A client that sends more meanwhile is not read from: what it sends
 * waits in its own socket, as TCP has it, and neither in our memory nor in front of what others send. All who go on so
 * have one under way between them, and with that one sender's share of the machine, however many they are.
 */
export const createMessagesInTurn = (needs: {
  /** How many are under way at once. */
  readonly atOnce: number;
  /** The turns that all who flood have between them. */
  readonly floods: OneByOne;
  /** Deals with a message; resolves when that is done, and never rejects. */
  take(text: string): Promise<void>;
  pause(): void;
  resume(): void;
  /** Unix time in milliseconds. */
  now(): number;
}) => {
  /** What had been read already when the client was paused: a chunk of the socket's at most. */
  const waiting: string[] = [];
  let underWay = 0;
  let paused = false;
  let dropped = false;
  /** Messages of this flood that had to wait, and when one last did. */
  let held = 0;
  let heldAt = 0;

  const isCalm = () => waiting.length === 0 && needs.now() - heldAt > CALM_MS;
  const floods = () => held > BURST && !isCalm();
  const isFull = () => underWay >= (floods() ? 1 : needs.atOnce);
  const begin = (text: string) => {
    underWay += 1;
    const take = async () => {
      if (!dropped) await needs.take(text);
    };
    void (floods() ? needs.floods(take) : take()).then(next);
  };
  const next = () => {
    underWay -= 1;
    if (isFull()) return;
    const text = waiting.shift();
    if (text !== undefined) {
      heldAt = needs.now();
      begin(text);
    }
    if (waiting.length === 0 && paused) {
      paused = false;
      needs.resume();
    }
  };
  const hold = (text: string) => {
    held = isCalm() ? 1 : held + 1;
    heldAt = needs.now();
    waiting.push(text);
    if (!paused) needs.pause();
    paused = true;
  };

  return {
    add(text: string): void {
      if (waiting.length === 0 && !isFull()) begin(text);
      else hold(text);
    },
    /** Forgets those that have not begun, and what still comes. */
    drop(): void {
      dropped = true;
      waiting.length = 0;
    },
  };
};
