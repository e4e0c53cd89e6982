import type { MessageSummary, Overview } from "../../contract.ts";

/** How the page and the runtime stand: `lost` is tried again by itself. */
export type Connection = "connecting" | "live" | "lost";

export interface LiveEvents {
  overview(overview: Overview): void;
  message(message: MessageSummary): void;
}

interface Needs {
  /** Opens the stream of events; returns what closes it. */
  open(heard: LiveEvents & { opened(): void; broken(): void }): () => void;
  /** Runs something once after this many milliseconds; returns what prevents it. */
  after(ms: number, run: () => void): () => void;
  events: LiveEvents;
  /** Called with each change. */
  changed(connection: Connection): void;
}

/** An overview comes at least every other second: a stream that is silent for longer than this is dead. */
const SILENCE_MS = 8_000;
const LONGEST_WAIT_MS = 5_000;

/**
 * Follows what happens in the runtime, and connects again when that breaks: after a second, then later each time.
 * EventSource does so by itself only for some failures, and never notices a silent peer.
 * @returns what ends it
 */
export const followLive = ({ open, after, events, changed }: Needs): (() => void) => {
  let close = () => {};
  let cancel = () => {};
  let tries = 0;

  const later = (ms: number, run: () => void) => {
    cancel();
    cancel = after(ms, run);
  };
  const broken = () => {
    close();
    changed("lost");
    tries += 1;
    later(Math.min(1_000 * tries, LONGEST_WAIT_MS), connect);
  };
  const heard = () => later(SILENCE_MS, broken);
  const connect = () => {
    heard();
    close = open({
      opened() {
        tries = 0;
        heard();
        changed("live");
      },
      broken,
      overview(overview) {
        heard();
        events.overview(overview);
      },
      message(message) {
        heard();
        events.message(message);
      },
    });
  };

  changed("connecting");
  connect();
  return () => {
    cancel();
    close();
  };
};
