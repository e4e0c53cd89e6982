import * as v from "valibot";
import type { Json } from "../../json.ts";
import type { Recording } from "../../xray/recording.ts";
import { compileAttempts } from "./attempts.ts";
import { inParallel } from "./branches.ts";
import { closing } from "./closing.ts";
import { stateType } from "./compiler.ts";
import { ExecutionError } from "./errors.ts";
import { compileExit } from "./exit.ts";
import { common, errorHandling, exit, expression, flow, template, transition, wholeOrExpression } from "./fields.ts";
import { type Entered, type Flow, runFlow } from "./flow.ts";
import { withinLimit } from "./payload.ts";
import type { Scope, Template } from "./template.ts";
import { fork } from "./thread.ts";

/** Iterations that an inline Map runs at once, whatever MaxConcurrency asks for. */
const widest = 40;

const inline = v.strictObject({
  Mode: v.optional(v.literal("INLINE", "Distributed Map is not run here: Express machines do not have it"), "INLINE"),
});

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
export const map = stateType(
  v.strictObject({
    Type: v.literal("Map"),
    ...common,
    ...transition,
    ...exit,
    ...errorHandling,
    Items: v.optional(v.union([v.array(template), expression], "must be an array or a JSONata expression")),
    ItemSelector: v.optional(template),
    ItemProcessor: v.strictObject({ ...flow, ProcessorConfig: v.optional(inline) }),
    MaxConcurrency: v.optional(wholeOrExpression(0), 0),
    ToleratedFailureCount: v.optional(wholeOrExpression(0)),
    ToleratedFailurePercentage: v.optional(wholeOrExpression(0, 100)),
  }),
  (state, compiler) => {
    const processor = compiler.flow(state.ItemProcessor, "ItemProcessor");
    const items = state.Items === undefined ? undefined : compiler.typed(state.Items, "array", "Items");
    const selector =
      state.ItemSelector === undefined ? undefined : compiler.template(state.ItemSelector, "ItemSelector");
    const maxConcurrency = compiler.typed(state.MaxConcurrency, "number", "MaxConcurrency");
    // Step Functions evaluates the thresholds of an inline Map too (recorded), but they are documented for Map Runs
    // only: https://docs.aws.amazon.com/step-functions/latest/dg/maprun-fail-threshold.html
    const thresholds = (["ToleratedFailureCount", "ToleratedFailurePercentage"] as const).flatMap((field) => {
      const value = state[field];
      return value === undefined ? [] : [compiler.typed(value, "number", field)];
    });
    const leave = compileExit(state, compiler);
    return compileAttempts(state, compiler, async (entered, retryCount) => {
      const { name } = entered;
      const retries = { RetryCount: retryCount };
      const scope = entered.scope({}, {}, retries);
      try {
        const all = withinLimit(items ? await items(scope) : inputArray(entered, scope), `state/task '${name}'`);
        const width = await maxConcurrency(scope);
        if (!Number.isInteger(width) || width < 0)
          scope.fail("MaxConcurrency", `The MaxConcurrency field must be a non-negative integer, but was ${width}`);
        for (const threshold of thresholds) await threshold(scope);
        entered.emit("MapStateStarted", () => ({ length: all.length }));
        const outputs = await iterate(entered, all, width || widest, selector, processor);
        const result = withinLimit(outputs, `state/task '${name}'`);
        entered.emit("MapStateSucceeded");
        return await leave(entered, entered.scope({ result }, {}, retries), result);
      } catch (error) {
        if (error instanceof ExecutionError) entered.emit("MapStateFailed", () => ({ name }));
        throw error;
      }
    });
  },
);

const inputArray = ({ input }: Entered, scope: Scope): Json[] =>
  Array.isArray(input)
    ? input
    : scope.fail("Items", `Map state input must be an array but was: ${JSON.stringify(input)}`);

const iterate = (
  entered: Entered,
  items: readonly Json[],
  width: number,
  selector: Template | undefined,
  processor: Flow,
): Promise<Json[]> => {
  const { thread, name } = entered;
  const { emit } = thread.execution;
  const run = async (index: number, signal: AbortSignal, recording: Recording | undefined) => {
    const context = { Item: { Index: index, Value: items[index] ?? null } };
    const iteration = fork(thread, signal, recording, context);
    const details = () => ({ name, index });
    emit(iteration, "MapIterationStarted", details);
    try {
      const selected = selector ? await selector(entered.scope({}, { Map: context })) : (items[index] ?? null);
      const output = await runFlow(processor, withinLimit(selected, `state/task '${name}'`), iteration);
      emit(iteration, "MapIterationSucceeded", details);
      return output;
    } catch (error) {
      if (error instanceof ExecutionError) emit(iteration, "MapIterationFailed", details);
      throw error;
    }
  };
  return inParallel(items.length, Math.min(width, widest), thread.signal, (index, signal) => {
    const recording = entered.recording?.open(`Iteration ${index}`);
    return closing(recording, run(index, signal, recording));
  });
};
