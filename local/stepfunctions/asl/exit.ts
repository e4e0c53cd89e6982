import type { Json, JsonObject } from "../../json.ts";
import type { Compiler } from "./compiler.ts";
import type { Entered, Exit } from "./flow.ts";
import { withinLimit } from "./payload.ts";
import type { Scope } from "./template.ts";
import type { Variables } from "./thread.ts";

/** The fields with which a state, a choice rule or a catcher is left. */
export interface ExitFields {
  readonly Assign?: JsonObject | undefined;
  readonly Output?: Json | undefined;
  readonly Next?: string | undefined;
}

/** Leaves a state: `scope` is what Assign and Output see, `output` is the output without an Output field. */
export type Leave = (entered: Entered, scope: Scope, output: Json) => Promise<Exit>;

/**
 * Compiles Assign and Output. Both see the variables as they were when the state was entered.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export const compileExit = ({ Assign, Output, Next }: ExitFields, compiler: Compiler, within = ""): Leave => {
  for (const name of Object.keys(Assign ?? {})) compiler.assigns(`${within}Assign`, name);
  if (Next !== undefined) compiler.target(`${within}Next`, Next);
  const assign = Assign && compiler.template(Assign, `${within}Assign`);
  const output = Output === undefined ? undefined : compiler.template(Output, `${within}Output`);
  return async ({ name }, scope, otherwise) => {
    const assigned = assign && withinLimit(await assign(scope), `Assign field of the state '${name}'`);
    return {
      output: output ? await output(scope) : otherwise,
      assigned: assigned as Variables | undefined,
      next: Next,
    };
  };
};
