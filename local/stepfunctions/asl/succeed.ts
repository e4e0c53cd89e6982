import * as v from "valibot";
import { stateType } from "./compiler.ts";
import { compileExit } from "./exit.ts";
import { common, template } from "./fields.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export const succeed = stateType(
  v.strictObject({ Type: v.literal("Succeed"), ...common, Output: v.optional(template) }),
  (state, compiler) => {
    const leave = compileExit(state, compiler);
    return (entered) => leave(entered, entered.scope(), entered.input);
  },
);
