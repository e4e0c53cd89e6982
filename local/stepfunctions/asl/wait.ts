import * as v from "valibot";
import { sleep } from "../../clock.ts";
import { stateType } from "./compiler.ts";
import { longestRunMs } from "./deadline.ts";
import { compileExit } from "./exit.ts";
import { common, exit, transition, wholeOrExpression } from "./fields.ts";

/** RFC 3339 with a capital T and Z or an offset, as Step Functions takes it; the range of its parts is left to Date. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Unix time in milliseconds; NaN for anything but a timestamp. */
const millisOf = (text: string) => (timestamp.test(text) ? Date.parse(text) : Number.NaN);

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export const wait = stateType(
  v.strictObject({
    Type: v.literal("Wait"),
    ...common,
    ...transition,
    ...exit,
    Seconds: v.optional(wholeOrExpression(0)),
    Timestamp: v.optional(v.string()),
  }),
  (state, compiler) => {
    if ((state.Seconds === undefined) === (state.Timestamp === undefined))
      compiler.problem("", "A Wait state has either Seconds or Timestamp");
    const seconds = compiler.typed(state.Seconds ?? 0, "number", "Seconds");
    const until = state.Timestamp === undefined ? undefined : compiler.typed(state.Timestamp, "string", "Timestamp");
    const leave = compileExit(state, compiler);
    return async (entered) => {
      const { clock } = entered.thread.execution;
      const scope = entered.scope();
      const text = await until?.(scope);
      const ms = text === undefined ? (await seconds(scope)) * 1000 : millisOf(text) - clock.now();
      if (Number.isNaN(ms))
        scope.fail(
          "Timestamp",
          `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
        );
      if (ms < 0 && text === undefined)
        scope.fail("Seconds", `The Seconds field must not be negative, but was ${ms / 1000}`);
      if (ms > 0) await sleep(clock, Math.min(ms, longestRunMs), entered.thread.signal);
      return leave(entered, scope, entered.input);
    };
  },
);
