import { quantile } from "../statistics.ts";
import type { RoundSeen } from "./crowd-process.ts";

/** What some rounds came to. Milliseconds count from the moment a message's frame was sent. */
export interface Summary {
  readonly deliveries: number;
  readonly missing: number;
  readonly repeats: number;
  readonly deliveriesPerSecond: number;
  /** Over the messages, each room's of each round. */
  readonly firstMs: Spread;
  readonly medianMs: Spread;
  readonly lastMs: Spread;
  readonly ackMs: Spread;
}

/** Whole milliseconds. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

/** Adds rounds up. A room of which nobody got a message counts in what is missing, and in no time. */
export const summarize = (rounds: readonly RoundSeen[]): Summary => {
  const messages = rounds.flatMap(({ rooms }) => rooms);
  const sum = (count: (message: (typeof messages)[number]) => number) =>
    messages.reduce((total, message) => total + count(message), 0);
  const deliveries = sum(({ arrived }) => arrived);
  const seconds = rounds.reduce((total, { spanMs }) => total + spanMs, 0) / 1000;
  const times = (name: "firstMs" | "medianMs" | "lastMs" | "ackMs") =>
    spread(messages.filter(({ arrived }) => arrived > 0).map((message) => message[name]));
  return {
    deliveries,
    missing: sum(({ recipients }) => recipients) - deliveries,
    repeats: rounds.at(-1)?.repeats ?? 0,
    deliveriesPerSecond: seconds > 0 ? Math.round(deliveries / seconds) : 0,
    firstMs: times("firstMs"),
    medianMs: times("medianMs"),
    lastMs: times("lastMs"),
    ackMs: times("ackMs"),
  };
};

const spread = (values: readonly number[]): Spread => ({
  median: Math.round(quantile(values, 0.5)),
  p99: Math.round(quantile(values, 0.99)),
  most: Math.round(quantile(values, 1)),
});
