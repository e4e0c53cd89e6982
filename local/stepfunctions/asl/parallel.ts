import * as v from "valibot";
import { compileAttempts } from "./attempts.ts";
import { inParallel } from "./branches.ts";
import { closing } from "./closing.ts";
import { stateType } from "./compiler.ts";
import { ExecutionError } from "./errors.ts";
import { compileExit } from "./exit.ts";
import { common, errorHandling, exit, flow, template, transition } from "./fields.ts";
import { runFlow } from "./flow.ts";
import { withinLimit } from "./payload.ts";
import { fork } from "./thread.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export const parallel = stateType(
  v.strictObject({
    Type: v.literal("Parallel"),
    ...common,
    ...transition,
    ...exit,
    ...errorHandling,
    Arguments: v.optional(template),
    Branches: v.pipe(v.array(v.strictObject(flow)), v.minLength(1)),
  }),
  (state, compiler) => {
    const branches = state.Branches.map((branch, index) => compiler.flow(branch, `Branches[${index}]`));
    const args = state.Arguments === undefined ? undefined : compiler.template(state.Arguments, "Arguments");
    const leave = compileExit(state, compiler);
    return compileAttempts(state, compiler, async (entered, retryCount) => {
      const { thread, name } = entered;
      const retries = { RetryCount: retryCount };
      const scope = entered.scope({}, {}, retries);
      const input = args ? withinLimit(await args(scope), `state/task '${name}'`) : entered.input;
      try {
        entered.emit("ParallelStateStarted");
        const outputs = await inParallel(branches.length, branches.length, thread.signal, (index, signal) => {
          const branch = branches[index];
          if (!branch) throw new RangeError(`No branch ${index}`);
          const recording = entered.recording?.open(`Branch ${index}`);
          return closing(recording, runFlow(branch, input, fork(thread, signal, recording)));
        });
        const result = withinLimit(outputs, `state/task '${name}'`);
        entered.emit("ParallelStateSucceeded");
        return await leave(entered, entered.scope({ result }, {}, retries), result);
      } catch (error) {
        if (error instanceof ExecutionError) entered.emit("ParallelStateFailed", () => ({ name }));
        throw error;
      }
    });
  },
);
