import type { MessageSummary } from "../../contract.ts";

const numbers = new Intl.NumberFormat("en-US");

/** A count as it is read: `10,000`. */
export const count = (value: number): string => numbers.format(Math.round(value));

/** A count with its noun: `1 member`, `2 members`. */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`;

/** A share of a whole, which is `100%` and `0%` only where it is all or nothing. */
export const percent = (part: number, whole: number): string => {
  if (whole <= 0) return "0%";
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return "<1%";
  if (share > 99 && share < 100) return ">99%";
  return `${Math.round(share)}%`;
};

/** A time span: `850 ms`, `1.4 s`, `2 min 5 s`. @param ms milliseconds */
export const duration = (ms: number): string => {
  if (ms < 0.95) return `${Math.max(0, Math.round(ms * 10) / 10)} ms`;
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A time span that is compared with others: `1,412 ms`, from 10 s on coarser. */
export const milliseconds = (ms: number): string => (ms < 10_000 ? `${count(ms)} ms` : duration(ms));

/** How long ago, coarsely: `now`, `12 s ago`, `3 min ago`. */
export const ago = (at: number, now: number): string => {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 2) return "now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
};

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** The time of day, here: `14:03:07`. */
export const timeOfDay = (at: number): string => clock.format(at);

/** The time of day to the millisecond: `14:03:07.042`. */
export const preciseTime = (at: number): string =>
  `${clock.format(at)}.${String(Math.floor(at) % 1000).padStart(3, "0")}`;

/** Day and time: `2 Mar 2026, 14:03:07.042`. */
export const moment = (at: number): string => `${calendar.format(at)}, ${preciseTime(at)}`;

/** How a message went, in one sentence. */
export const headline = ({ state, receipt }: Pick<MessageSummary, "state" | "receipt">): string => {
  if (state === "failed") return "The fan-out ended without a receipt";
  if (!receipt) return "On its way";
  const { recipients, delivered, gone, failed, throttled, durationMs } = receipt;
  if (recipients === 0) return "Posted, and nobody else was in the room";
  const all = delivered === recipients;
  const whom = all
    ? recipients === 1
      ? "its one recipient"
      : `all ${count(recipients)}`
    : amongst(delivered, recipients);
  const rest = [
    gone > 0 && `${count(gone)} ${were(gone)} gone`,
    failed > 0 && `${count(failed)} failed`,
    throttled > 0 && `${count(throttled)} ${were(throttled)} throttled first`,
  ].filter((part) => part !== false);
  return [`Delivered to ${whom} in ${duration(durationMs)}`, ...(rest.length > 0 ? [rest.join(", ")] : [])].join("; ");
};

const amongst = (part: number, whole: number) => `${part === 0 ? "none" : count(part)} of ${count(whole)}`;

const were = (value: number) => (value === 1 ? "was" : "were");
