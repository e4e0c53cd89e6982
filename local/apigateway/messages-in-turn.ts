/** As many messages as a client may have waiting without being taken for a flood: a join for each of fifty rooms. */
const BURST = 50;
/** So many milliseconds without a message that has to wait are the end of a flood. */
const CALM_MS = 1_000;

/**
 * Takes a client's messages, so many of them at once. A client that sends more meanwhile is not read from: what it sends
 * waits in its own socket, as TCP has it, and neither in our memory nor in front of what others send. One that goes on so
 * has one under way at a time, and with that the same share of the machine as whoever sends now and then.
 */
export const createMessagesInTurn = (needs: {
  /** How many are under way at once. */
  readonly atOnce: number;
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
  /** Messages of this flood that had to wait, and when the last of them came. */
  let held = 0;
  let heldAt = 0;

  const width = () => (held > BURST && needs.now() - heldAt <= CALM_MS ? 1 : needs.atOnce);
  const begin = (text: string) => {
    underWay += 1;
    void needs.take(text).then(next);
  };
  const next = () => {
    underWay -= 1;
    if (underWay >= width()) return;
    const text = waiting.shift();
    if (text !== undefined) begin(text);
    if (waiting.length === 0 && paused) {
      paused = false;
      needs.resume();
    }
  };
  const hold = (text: string) => {
    const now = needs.now();
    held = now - heldAt <= CALM_MS ? held + 1 : 1;
    heldAt = now;
    waiting.push(text);
    if (!paused) needs.pause();
    paused = true;
  };

  return {
    add(text: string): void {
      if (waiting.length === 0 && underWay < width()) begin(text);
      else hold(text);
    },
    /** Forgets those that have not begun. */
    drop(): void {
      waiting.length = 0;
    },
  };
};
