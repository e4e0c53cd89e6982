/** What happened in the runtime, in one line. */
export interface LogEntry {
  readonly level: "debug" | "info" | "warn" | "error";
  /** The part that speaks: `bus`, `websocket`, `lambda/publish`, … */
  readonly from: string;
  /** One sentence, without a line break. */
  readonly message: string;
  /** What goes with it: ids, durations in milliseconds, an error's stack. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Takes one entry. How it is shown (for a person, or as JSON) is `main`'s to decide. */
export type Log = (entry: LogEntry) => void;
