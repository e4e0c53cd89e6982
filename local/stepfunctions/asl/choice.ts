import * as v from "valibot";
import { stateType } from "./compiler.ts";
import { ExecutionError } from "./errors.ts";
import { compileExit } from "./exit.ts";
import { common, exit, expression } from "./fields.ts";

const rule = v.strictObject({
  Comment: v.optional(v.string()),
  Condition: v.union([v.boolean(), expression], "must be true, false or a JSONata expression"),
  Next: v.string(),
  ...exit,
});

/**
 * The first rule whose condition is true decides what comes next, what is assigned and what is put out; the state's
 * own Assign and Output are for Default.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export const choice = stateType(
  v.strictObject({
    Type: v.literal("Choice"),
    ...common,
    Choices: v.pipe(v.array(rule), v.minLength(1)),
    Default: v.optional(v.string()),
    ...exit,
  }),
  ({ Choices, Default, Assign, Output }, compiler) => {
    const rules = Choices.map((choice, index) => ({
      condition: compiler.typed(choice.Condition, "boolean", `Choices[${index}]/Condition`),
      leave: compileExit(choice, compiler, `Choices[${index}]/`),
    }));
    if (Default !== undefined) compiler.target("Default", Default);
    const leaveByDefault = compileExit({ Assign, Output }, compiler);
    return async (entered) => {
      const scope = entered.scope();
      for (const { condition, leave } of rules) {
        if (await condition(scope)) return leave(entered, scope, entered.input);
      }
      if (Default === undefined)
        throw new ExecutionError(
          "States.NoChoiceMatched",
          `No choice rule of the state '${entered.name}' matched and it has no Default`,
        );
      return { ...(await leaveByDefault(entered, scope, entered.input)), next: Default };
    };
  },
);
