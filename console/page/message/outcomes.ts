import type { MessageStory, Recipient } from "../../contract.ts";

export type Outcome = Recipient["outcome"];

/** In the order in which they are shown. */
export const OUTCOMES: readonly Outcome[] = ["delivered", "gone", "failed", "waiting"];

/** How many recipients came out how. */
export const tally = (recipients: readonly Recipient[]): Readonly<Record<Outcome, number>> => {
  const counts = { delivered: 0, gone: 0, failed: 0, waiting: 0 };
  for (const { outcome } of recipients) counts[outcome] += 1;
  return counts;
};

/** What the list of recipients is narrowed to; `retried` are those who took more than one post. */
export interface RecipientFilter {
  readonly outcome: Outcome | "all" | "retried";
  /** A part of the connection id or of the error's name, in any case. */
  readonly text: string;
}

export const matching = (
  recipients: readonly Recipient[],
  { outcome, text }: RecipientFilter,
): readonly Recipient[] => {
  const wanted = text.trim().toLowerCase();
  if (outcome === "all" && wanted === "") return recipients;
  return recipients.filter(
    (one) =>
      (outcome === "all" || (outcome === "retried" ? one.tries > 1 : one.outcome === outcome)) &&
      (one.connectionId.toLowerCase().includes(wanted) || one.error?.toLowerCase().includes(wanted)),
  );
};

/** How the deliveries are spread over time. */
export interface Arrivals {
  /** Recipients by the time of their last post, in steps of the same length. */
  readonly steps: readonly { readonly delivered: number; readonly others: number }[];
  readonly spanMs: number;
  /** After so many milliseconds half, 99 of 100 and all of those had it who got it. */
  readonly half: number;
  readonly most: number;
  readonly last: number;
}

/** @returns undefined where nobody was reached */
export const arrivalsOf = (
  { summary, recipients }: Pick<MessageStory, "summary" | "recipients">,
  stepCount: number,
): Arrivals | undefined => {
  const reached = recipients.filter(({ outcome }) => outcome !== "waiting");
  const took = ({ at }: Recipient) => Math.max(0, at - summary.received);
  const times = reached
    .filter(({ outcome }) => outcome === "delivered")
    .map(took)
    .sort((a, b) => a - b);
  const at = (share: number) => times[Math.max(0, Math.ceil(times.length * share) - 1)];
  const [half, most, last] = [at(0.5), at(0.99), at(1)];
  if (half === undefined || most === undefined || last === undefined) return undefined;
  const spanMs = Math.max(1, ...[last, ...reached.filter(({ outcome }) => outcome !== "delivered").map(took)]);
  const steps = Array.from({ length: stepCount }, () => ({ delivered: 0, others: 0 }));
  for (const one of reached) {
    const step = steps[Math.min(stepCount - 1, Math.floor((took(one) / spanMs) * stepCount))];
    if (step) step[one.outcome === "delivered" ? "delivered" : "others"] += 1;
  }
  return { steps, spanMs, half, most, last };
};
