import type { MetricDataQuery } from "./alarm-properties.ts";
import { statisticOf } from "./distribution.ts";
import { compileMetricMath, type Values } from "./metric-math.ts";
import type { MetricStore } from "./metric-store.ts";

/** What is asked of metrics: their statistics, and sums over them. */
export interface Asked {
  readonly queries: readonly MetricDataQuery[];
  /** Unix time in milliseconds. */
  readonly from: number;
  /** Unix time in milliseconds; not in it. */
  readonly to: number;
}

/**
 * Runs queries that may name each other, and gives each one's values by the start of their period. Periods begin at
 * `from`.
 * @throws Error naming an id that no query has, or one that is part of itself
 */
export const runQueries = (store: Pick<MetricStore, "read">, { queries, from, to }: Asked): Map<string, Values> => {
  const byId = new Map(queries.map((query) => [query.Id, query]));
  const results = new Map<string, Values>();
  const underWay = new Set<string>();

  const valuesOf = (id: string): Values => {
    const done = results.get(id);
    if (done) return done;
    const query = byId.get(id);
    if (!query) throw new Error(`There is no query ${id}`);
    if (underWay.has(id)) throw new Error(`The query ${id} is part of itself`);
    underWay.add(id);
    const values = query.MetricStat ? read(query.MetricStat) : calculate(query.Expression ?? "");
    results.set(id, values);
    return values;
  };
  const read = ({ Metric, Period, Stat, Unit }: NonNullable<MetricDataQuery["MetricStat"]>): Values => {
    const dimensions = Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value]));
    const asked = { namespace: Metric.Namespace, name: Metric.MetricName, dimensions, unit: Unit };
    const found = store.read(asked, { from, to, periodMs: Period * 1_000 });
    return new Map([...found].map(([period, values]) => [period, statisticOf(values, Stat)]));
  };
  const calculate = (expression: string): Values => {
    const math = compileMetricMath(expression);
    return math.evaluate(valuesOf, periodsOf(from, to, periodMsOf(queries)));
  };

  for (const { Id } of queries) valuesOf(Id);
  return results;
};

/** The period of all that is asked: mathematics over several is refused where it is read. */
export const periodMsOf = (queries: readonly MetricDataQuery[]): number =>
  1_000 * (queries.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 60);

/** The starts of the periods, the oldest first. */
export const periodsOf = (from: number, to: number, periodMs: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / periodMs)) }, (_, index) => from + index * periodMs);
