import * as v from "valibot";
import type { Json, JsonObject } from "../../json.ts";
import { expressionText } from "./expression.ts";

/** Any JSON value; strings in it may be expressions. */
export const template = v.custom<Json>((value) => value !== undefined);

/** A JSON object whose values may be expressions, but not its names. */
const assignments = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object of variables",
);

/** A JSONata expression in place of a literal. */
export const expression = v.custom<string>(
  (text) => typeof text === "string" && expressionText(text) !== undefined,
  'must be a JSONata expression: "{% … %}"',
);

/** A whole number from `min` to `max`. */
export const whole = (min: number, max = 99_999_999) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** A whole number, or an expression that gives one. */
export const wholeOrExpression = (min: number, max = 99_999_999) =>
  v.union([whole(min, max), expression], `must be a whole number from ${min} to ${max} or a JSONata expression`);

/** What every state may have. */
export const common = {
  Comment: v.optional(v.string()),
  QueryLanguage: v.optional(v.picklist(["JSONata", "JSONPath"])),
};

/** How a state that is not the end of its branch by itself goes on. */
export const transition = { Next: v.optional(v.string()), End: v.optional(v.boolean()) };

/** What most states may do as they are left. */
export const exit = { Assign: v.optional(assignments), Output: v.optional(template) };

const errorNames = v.pipe(v.array(v.string()), v.minLength(1));

/** One retrier. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
export const retrier = v.pipe(
  v.strictObject({
    Comment: v.optional(v.string()),
    ErrorEquals: errorNames,
    IntervalSeconds: v.optional(whole(1), 1),
    MaxAttempts: v.optional(whole(0), 3),
    BackoffRate: v.optional(v.pipe(v.number(), v.minValue(1)), 2),
    MaxDelaySeconds: v.optional(whole(1, 31_622_399)),
    JitterStrategy: v.optional(v.picklist(["FULL", "NONE"]), "NONE"),
  }),
  v.check(
    ({ IntervalSeconds, MaxDelaySeconds = Number.POSITIVE_INFINITY }) => MaxDelaySeconds > IntervalSeconds,
    "MaxDelaySeconds must be greater than IntervalSeconds",
  ),
);

/** One catcher. */
export const catcher = v.strictObject({
  Comment: v.optional(v.string()),
  ErrorEquals: errorNames,
  Next: v.string(),
  ...exit,
});

/** What a state that may fail does about it. */
export const errorHandling = { Retry: v.optional(v.array(retrier), []), Catch: v.optional(v.array(catcher), []) };

/** States and where to begin. */
export const flow = {
  Comment: v.optional(v.string()),
  StartAt: v.string(),
  States: v.record(
    v.string(),
    v.custom<JsonObject>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      "must be an object",
    ),
  ),
};
