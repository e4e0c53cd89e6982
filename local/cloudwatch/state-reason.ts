import type { AlarmProperties } from "./alarm-properties.ts";
import type { AlarmState } from "./alarm-state.ts";

const wording: Readonly<Record<AlarmProperties["ComparisonOperator"], string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

interface Point {
  /** When its period begins: Unix time in milliseconds. */
  readonly at: number;
  readonly value: number | undefined;
}

/**
 * Why an alarm is in its state, in the words that CloudWatch has for it: the values that were looked at, the newest
 * first, each with its period's start.
 * @param points those of the evaluation range, the oldest first
 */
export const stateReason = (
  { ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData }: AlarmProperties,
  state: AlarmState,
  points: readonly Point[],
): string => {
  const there = points.filter(({ value }) => value !== undefined).slice(-EvaluationPeriods);
  const missing = EvaluationPeriods - there.length;
  const made =
    state !== "INSUFFICIENT_DATA" && (TreatMissingData === "breaching" || TreatMissingData === "notBreaching");
  if (state === "INSUFFICIENT_DATA") return `Insufficient Data: ${datapoints(missing)} ${wasWere(missing)} unknown.`;
  const treated = `no datapoints were received for ${missing} period${plural(missing)} and ${missing} missing datapoint${plural(missing)} ${wasWere(missing)} treated as [${TreatMissingData === "breaching" ? "Breaching" : "NonBreaching"}].`;
  if (there.length === 0) return `Threshold Crossed: ${treated}`;
  const values = there
    .reverse()
    .map(({ at, value = 0 }) => `${decimal(value)} (${dayAndTime(at)})`)
    .join(", ");
  const was = `${wasWere(there.length)}${state === "ALARM" ? "" : " not"} ${wording[ComparisonOperator]}`;
  const compared = `Threshold Crossed: ${datapoints(there.length)} [${values}] ${was} the threshold (${decimal(Threshold)})`;
  return missing > 0 && made ? `${compared} and ${treated}` : `${compared}.`;
};

const plural = (count: number) => (count === 1 ? "" : "s");
const wasWere = (count: number) => (count === 1 ? "was" : "were");
const datapoints = (count: number) => `${count} datapoint${plural(count)}`;
const decimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

/** `23/11/26 20:38:00`, in UTC. */
const dayAndTime = (at: number): string => {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T([\d:]{8})/.exec(new Date(at).toISOString()) ?? [];
  return `${day}/${month}/${year} ${time}`;
};
