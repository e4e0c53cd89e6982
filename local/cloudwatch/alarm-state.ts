/** The states of an alarm. */
export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What decides over an alarm's state. */
export interface AlarmRule {
  /** Whether a value is over (or under) the threshold. */
  breaches(value: number): boolean;
  /** N of "M out of N". */
  readonly evaluationPeriods: number;
  /** M of "M out of N". */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: "breaching" | "notBreaching" | "ignore" | "missing";
}

/**
 * How many periods are looked at for an alarm over so many: CloudWatch's documentation shows 5 for 3, and says no more
 * than that it depends.
 */
export const evaluationRange = (evaluationPeriods: number): number => evaluationPeriods + 2;

/**
 * Decides on an alarm's state, undefined where it stays what it was. Real values are taken from the whole range, as many
 * as the alarm is over; only what is then still lacking is made up as the alarm treats missing data.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * @param points the values in the evaluation range, the oldest first; undefined where there is none
 */
export const decideState = (rule: AlarmRule, points: readonly (number | undefined)[]): AlarmState | undefined => {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule;
  const there = points.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const breaching = there.filter(rule.breaches).length;
  const missing = evaluationPeriods - there.length;
  if (breaching >= datapointsToAlarm) return "ALARM";
  if (missing === 0) return "OK";
  if (treatMissingData === "breaching") return breaching + missing >= datapointsToAlarm ? "ALARM" : "OK";
  if (treatMissingData === "notBreaching" || breaching < there.length) return "OK";
  if (treatMissingData === "ignore") return undefined;
  // What has breached since so long ago, with nothing known since that does not, is an alarm before its last value is.
  const oldest = points.findIndex((point) => point !== undefined);
  return oldest >= 0 && points.length - oldest >= datapointsToAlarm ? "ALARM" : "INSUFFICIENT_DATA";
};
