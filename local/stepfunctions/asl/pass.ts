import * as v from "valibot";
import { stateType } from "./compiler.ts";
import { compileExit } from "./exit.ts";
import { common, exit, transition } from "./fields.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export const pass = stateType(
  v.strictObject({ Type: v.literal("Pass"), ...common, ...transition, ...exit }),
  (state, compiler) => {
    const leave = compileExit(state, compiler);
    return (entered) => leave(entered, entered.scope(), entered.input);
  },
);
