import type { MessageSummary } from "../../contract.ts";

/** Deliveries a second at one moment, Unix time in milliseconds. */
export interface Rate {
  readonly at: number;
  readonly rate: number;
}

/** Adds a rate, and forgets those that are older than `spanMs`. */
export const withRate = (rates: readonly Rate[], next: Rate, spanMs: number): Rate[] => [
  ...rates.filter(({ at }) => at > next.at - spanMs && at < next.at),
  next,
];

/**
 * The rates before the page was open, in steps of a second, from the receipts of the messages that are known: each
 * one's deliveries spread evenly over the time it took.
 */
export const ratesOfReceipts = (messages: readonly MessageSummary[], until: number, spanMs: number): Rate[] => {
  const oldest = Math.min(...messages.map(({ received }) => received));
  const start = Math.ceil(Math.max(oldest, until - spanMs) / 1000) * 1000;
  const seconds = Math.max(0, Math.ceil((until - start) / 1000));
  const rates = Array.from({ length: seconds }, (_, index) => ({ at: start + index * 1000, rate: 0 }));
  for (const { received, receipt } of messages) {
    if (!receipt) continue;
    const took = Math.max(receipt.durationMs, 1);
    const first = Math.max(0, Math.floor((received - start) / 1000));
    const last = Math.min(seconds - 1, Math.floor((received + took - start) / 1000));
    for (let index = first; index <= last; index += 1) {
      const bucket = rates[index];
      if (!bucket) continue;
      const from = Math.max(received, bucket.at);
      const to = Math.min(received + took, bucket.at + 1000);
      bucket.rate += (receipt.delivered * Math.max(0, to - from)) / took;
    }
  }
  return rates;
};
