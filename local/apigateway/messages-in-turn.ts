/**
 * Takes a client's messages, so many of them at once. A client that sends more meanwhile is not read from: what it sends
 * waits in its own socket, as TCP has it, and neither in our memory nor in front of what others send.
 */
export const createMessagesInTurn = (needs: {
  /** How many are under way at once. */
  readonly atOnce: number;
  /** Deals with a message; resolves when that is done, and never rejects. */
  take(text: string): Promise<void>;
  pause(): void;
  resume(): void;
}) => {
  /** What had been read already when the client was paused: a chunk of the socket's at most. */
  const waiting: string[] = [];
  let underWay = 0;
  let paused = false;

  const begin = (text: string) => {
    underWay += 1;
    void needs.take(text).then(next);
  };
  const next = () => {
    underWay -= 1;
    const text = waiting.shift();
    if (text !== undefined) begin(text);
    else if (paused) {
      paused = false;
      needs.resume();
    }
  };

  return {
    add(text: string): void {
      if (underWay < needs.atOnce) begin(text);
      else {
        waiting.push(text);
        if (!paused) needs.pause();
        paused = true;
      }
    },
    /** Forgets those that have not begun. */
    drop(): void {
      waiting.length = 0;
    },
  };
};
