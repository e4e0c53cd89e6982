import * as v from "valibot";
import { stateType } from "./compiler.ts";
import { ExecutionError } from "./errors.ts";
import { common } from "./fields.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export const fail = stateType(
  v.strictObject({ Type: v.literal("Fail"), ...common, Error: v.optional(v.string()), Cause: v.optional(v.string()) }),
  ({ Error: name, Cause }, compiler) => {
    const error = name === undefined ? undefined : compiler.typed(name, "string", "Error");
    const cause = Cause === undefined ? undefined : compiler.typed(Cause, "string", "Cause");
    return async (entered) => {
      const scope = entered.scope();
      throw new ExecutionError(await error?.(scope), await cause?.(scope));
    };
  },
);
