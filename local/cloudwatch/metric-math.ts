import * as v from "valibot";

/** Values by the start of their period, Unix time in milliseconds; a period without data has none. */
export type Values = ReadonlyMap<number, number>;

/** A compiled expression: the metrics that it names, and its value of theirs. */
export interface MetricMath {
  readonly ids: readonly string[];
  /** @param periods the starts of all periods that are asked for, which FILL fills */
  evaluate(series: (id: string) => Values, periods: readonly number[]): Values;
}

type Evaluate = (series: (id: string) => Values, periods: readonly number[]) => Values | number;

const token = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z]\w*)|(?<sign>[-+*/(),]))/y;

/**
 * Compiles the part of metric math that adds things up: `+ - * /`, parentheses, numbers, ids of other queries and
 * `FILL(id, number)`. A period for which one side has no value has none in the result.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @throws Error naming what is not understood
 */
export const compileMetricMath = (expression: string): MetricMath => {
  const tokens = tokensOf(expression);
  const ids = new Set<string>();
  let at = 0;
  const refuse = (): never => {
    throw new Error(`"${tokens[at] ?? "its end"}" is not understood in the metric math "${expression}"`);
  };
  const take = (wanted: string) => (tokens[at] === wanted ? at++ : refuse());

  const joined = (operators: Readonly<Record<string, Combine>>, operand: () => Evaluate) => (): Evaluate => {
    let left = operand();
    for (let combine = operators[tokens[at] ?? ""]; combine; combine = operators[tokens[at] ?? ""]) {
      at++;
      const [before, after, both] = [left, operand(), combine];
      left = (...given) => combined(before(...given), after(...given), both);
    }
    return left;
  };
  const number = (): number => {
    const negative = tokens[at] === "-";
    if (negative) at++;
    const value = Number(tokens[at]);
    if (Number.isNaN(value)) return refuse();
    at++;
    return negative ? -value : value;
  };
  const metric = (): string => {
    const id = tokens[at] ?? "";
    if (!/^[a-z]\w*$/.test(id)) return refuse();
    at++;
    ids.add(id);
    return id;
  };
  const fill = (): Evaluate => {
    at++;
    take("(");
    const id = metric();
    take(",");
    const otherwise = number();
    take(")");
    return (series, periods) => {
      const known = series(id);
      return new Map(periods.map((period) => [period, known.get(period) ?? otherwise]));
    };
  };
  const primary = (): Evaluate => {
    const next = tokens[at] ?? "";
    if (next === "FILL") return fill();
    if (next === "(") {
      at++;
      const inner = sum();
      take(")");
      return inner;
    }
    if (/^[-\d]/.test(next)) {
      const value = number();
      return () => value;
    }
    const id = metric();
    return (series) => series(id);
  };
  const product = joined({ "*": (a, b) => a * b, "/": (a, b) => a / b }, primary);
  const sum = joined({ "+": (a, b) => a + b, "-": (a, b) => a - b }, product);

  const evaluate = sum();
  if (at < tokens.length) refuse();
  return {
    ids: [...ids],
    evaluate: (series, periods) => {
      const result = evaluate(series, periods);
      return typeof result === "number" ? new Map(periods.map((period) => [period, result])) : result;
    },
  };
};

/** An expression that `compileMetricMath` understands. */
export const metricMath = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    try {
      compileMetricMath(dataset.value);
    } catch (error) {
      addIssue({ message: (error as Error).message });
    }
  }),
);

type Combine = (a: number, b: number) => number;

const combined = (a: Values | number, b: Values | number, both: Combine): Values | number => {
  if (typeof a === "number" && typeof b === "number") return both(a, b);
  const periods = typeof a === "number" ? (b as Values).keys() : a.keys();
  const valueAt = (side: Values | number, period: number) => (typeof side === "number" ? side : side.get(period));
  const result = new Map<number, number>();
  for (const period of periods) {
    const [left, right] = [valueAt(a, period), valueAt(b, period)];
    if (left === undefined || right === undefined) continue;
    const value = both(left, right);
    // What divides by zero has no value.
    if (Number.isFinite(value)) result.set(period, value);
  }
  return result;
};

const tokensOf = (expression: string): string[] => {
  const tokens: string[] = [];
  const text = expression.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const { number, name, sign } = token.exec(text)?.groups ?? {};
    const found = number ?? name ?? sign;
    if (found === undefined)
      throw new Error(`"${text.slice(from).trim()}" is not understood in the metric math "${expression}"`);
    tokens.push(found);
  }
  return tokens;
};
