import type { Quota } from "../../contract.ts";
import { LIMITS, type Limit } from "./limits.ts";
import type { Minutes } from "./metric-minutes.ts";

const MINUTE_MS = 60_000;

interface Needs {
  /** Reads a limit's metric from the start of a minute until now. */
  read(limit: Limit, from: number, to: number): Promise<Minutes>;
  /** Unix time in milliseconds. */
  now(): number;
}

/**
 * How near the account's quotas are, by CloudWatch's metrics. These are by the minute, and the one that still goes on
 * grows: by how much since it was read last is what has passed since then.
 * @returns reads them
 */
export const createQuotas = ({ read, now }: Needs) => {
  let last: { readonly at: number; readonly minutes: readonly Minutes[] } | undefined;

  return async (): Promise<Quota[]> => {
    const at = now();
    const before = last && at - last.at < MINUTE_MS ? last : undefined;
    const from = minuteOf(before?.at ?? at - MINUTE_MS);
    const minutes = await Promise.all(LIMITS.map((limit) => read(limit, from, at)));
    last = { at, minutes };
    return LIMITS.map(({ name, limit, unit, used }, index) => {
      const values: Minutes = minutes[index] ?? new Map();
      const passed = [...values].reduce(
        (sum, [minute, value]) => sum + value - (before?.minutes[index]?.get(minute) ?? 0),
        0,
      );
      const perSecond = (passed * 1000) / Math.max(1, at - (before?.at ?? from));
      return { name, limit, unit, used: rounded(used === "a second" ? perSecond : Math.max(0, ...values.values())) };
    });
  };
};

const minuteOf = (at: number) => Math.floor(at / MINUTE_MS) * MINUTE_MS;

const rounded = (value: number) => Math.round(value * 10) / 10;
