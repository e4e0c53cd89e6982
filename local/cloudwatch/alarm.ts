import type { Resource } from "../cloudformation/resource-type.ts";
import { type AlarmProperties, queriesOf } from "./alarm-properties.ts";
import { type AlarmRule, type AlarmState, decideState, evaluationRange } from "./alarm-state.ts";
import type { MetricStore } from "./metric-store.ts";
import { periodMsOf, periodsOf, runQueries } from "./run-queries.ts";
import { stateReason } from "./state-reason.ts";

/** An alarm with what it found last. Times are Unix time in milliseconds. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly properties: AlarmProperties;
  /** How often it is evaluated: each minute, and one on seconds at the end of each of its periods. */
  readonly everyMs: number;
  state(): AlarmStatus;
  /** Looks at the periods that have ended by `end`; returns the new state where it has changed, as it has `at` now. */
  evaluate(end: number, at: number): AlarmStatus | undefined;
}

export interface AlarmStatus {
  readonly state: AlarmState;
  /** In AWS's words. */
  readonly reason: string;
  readonly since: number;
}

type Compare = (value: number, threshold: number) => boolean;

const comparisons: Readonly<Record<AlarmProperties["ComparisonOperator"], Compare>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Makes an alarm, which knows nothing yet. */
export const createAlarm = (
  { ref: name, properties, attribute }: Resource<AlarmProperties>,
  { store, createdAt }: { store: Pick<MetricStore, "read">; createdAt: number },
): Alarm => {
  const { ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = properties;
  const rule: AlarmRule = {
    breaches: (value) => comparisons[ComparisonOperator](value, Threshold),
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: DatapointsToAlarm,
    treatMissingData: properties.TreatMissingData,
  };
  const queries = queriesOf(properties);
  const watched = queries.find(({ ReturnData }) => ReturnData)?.Id ?? "";
  const periodMs = periodMsOf(queries);
  let status: AlarmStatus = {
    state: "INSUFFICIENT_DATA",
    reason: "Unchecked: Initial alarm creation",
    since: createdAt,
  };

  return {
    name,
    arn: attribute("Arn"),
    properties,
    everyMs: Math.min(periodMs, 60_000),
    state: () => status,
    evaluate(end, at) {
      const from = end - evaluationRange(EvaluationPeriods) * periodMs;
      const values = runQueries(store, { queries, from, to: end }).get(watched);
      const points = periodsOf(from, end, periodMs).map((start) => ({ at: start, value: values?.get(start) }));
      const state = decideState(
        rule,
        points.map(({ value }) => value),
      );
      if (state === undefined || state === status.state) return undefined;
      status = { state, reason: stateReason(properties, state, points), since: at };
      return status;
    },
  };
};
