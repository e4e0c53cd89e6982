import * as v from "valibot";
import type { Json } from "../../json.ts";
import { compileAttempts } from "./attempts.ts";
import { stateType } from "./compiler.ts";
import { type Deadline, withDeadlines } from "./deadline.ts";
import { ExecutionError } from "./errors.ts";
import { compileExit } from "./exit.ts";
import { common, errorHandling, exit, template, transition, wholeOrExpression } from "./fields.ts";
import type { Entered } from "./flow.ts";
import type { Integration } from "./integration.ts";
import { withinLimit } from "./payload.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
export const task = stateType(
  v.strictObject({
    Type: v.literal("Task"),
    ...common,
    ...transition,
    ...exit,
    ...errorHandling,
    Resource: v.string(),
    Arguments: v.optional(template),
    TimeoutSeconds: v.optional(wholeOrExpression(1)),
    HeartbeatSeconds: v.optional(wholeOrExpression(1)),
  }),
  (state, compiler) => {
    const integration = compiler.integration(state.Resource, state.Arguments);
    const args = state.Arguments === undefined ? undefined : compiler.template(state.Arguments, "Arguments");
    const limits = [
      { field: "TimeoutSeconds", value: state.TimeoutSeconds, error: "States.Timeout" },
      // No task that is run here sends heartbeats, so a heartbeat is missed as soon as its time has passed.
      { field: "HeartbeatSeconds", value: state.HeartbeatSeconds, error: "States.HeartbeatTimeout" },
    ].flatMap(({ field, value, error }) =>
      value === undefined ? [] : [{ field, error, seconds: compiler.typed(value, "number", field) }],
    );
    const { TimeoutSeconds: most, HeartbeatSeconds: beat } = state;
    if (typeof most === "number" && typeof beat === "number" && beat >= most)
      compiler.problem("HeartbeatSeconds", "must be smaller than TimeoutSeconds");
    const leave = compileExit(state, compiler);
    return compileAttempts(state, compiler, async (entered, retryCount) => {
      if (!integration) throw new Error(`${state.Resource} was not validated`);
      const retries = { RetryCount: retryCount };
      const scope = entered.scope({}, {}, retries);
      const deadlines: Deadline[] = [];
      for (const { field, seconds, error } of limits) {
        const value = await seconds(scope);
        if (!(value > 0)) scope.fail(field, `The ${field} field must be a positive integer, but was ${value}`);
        deadlines.push({ ms: value * 1000, error: () => new ExecutionError(error, undefined) });
      }
      const result = await call(
        entered,
        integration,
        state.Resource,
        args ? await args(scope) : entered.input,
        deadlines,
      );
      return leave(entered, entered.scope({ result }, {}, retries), result);
    });
  },
);

const call = async (
  entered: Entered,
  integration: Integration,
  resource: string,
  args: Json,
  deadlines: readonly Deadline[],
): Promise<Json> => {
  const { execution, signal } = entered.thread;
  const { events } = integration;
  // An integration's own events name it; those of a function named in Resource only repeat that name.
  const named = events === "Task" ? { resourceType: integration.resourceType, resource: integration.resource } : {};
  withinLimit(args, `state/task '${entered.name}'`);
  entered.emit(`${events}Scheduled`, () =>
    events === "Task"
      ? { ...named, parameters: JSON.stringify(args) }
      : { resource, input: JSON.stringify(args), inputDetails: { truncated: false } },
  );
  entered.emit(`${events}Started`, () => named);
  try {
    const result = await withDeadlines(execution.clock, signal, deadlines, (aborted) =>
      integration.run(args, { ...execution.caller, signal: aborted, recording: entered.recording }),
    );
    withinLimit(result, `state/task '${resource}'`);
    entered.emit(`${events}Succeeded`, () => ({
      ...named,
      output: JSON.stringify(result),
      outputDetails: { truncated: false },
    }));
    return result;
  } catch (failure) {
    if (failure instanceof ExecutionError) {
      const { error, cause } = failure;
      const timedOut = error === "States.Timeout" || error === "States.HeartbeatTimeout";
      entered.emit(`${events}${timedOut ? "TimedOut" : "Failed"}`, () => ({
        ...named,
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      }));
    }
    throw failure;
  }
};
