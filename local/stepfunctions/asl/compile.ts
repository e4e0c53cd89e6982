import * as v from "valibot";
import type { JsonObject } from "../../json.ts";
import { choice } from "./choice.ts";
import { type Compiler, type CompileState, checked, type FlowDefinition } from "./compiler.ts";
import { fail } from "./fail.ts";
import { flow, whole } from "./fields.ts";
import type { Flow, State } from "./flow.ts";
import type { FindIntegration } from "./integration.ts";
import { map } from "./map.ts";
import { parallel } from "./parallel.ts";
import { pass } from "./pass.ts";
import { jsonPathRefusal } from "./refusals.ts";
import { succeed } from "./succeed.ts";
import { createTargets } from "./targets.ts";
import { task } from "./task.ts";
import { compileTemplate, compileTyped, type Problem } from "./template.ts";
import { variableProblem } from "./variables.ts";
import { wait } from "./wait.ts";

const stateTypes: Readonly<Record<string, CompileState>> = {
  Choice: choice,
  Fail: fail,
  Map: map,
  Parallel: parallel,
  Pass: pass,
  Succeed: succeed,
  Task: task,
  Wait: wait,
};

const machine = v.strictObject({
  ...flow,
  QueryLanguage: v.optional(v.picklist(["JSONata", "JSONPath"]), "JSONPath"),
  TimeoutSeconds: v.optional(whole(1)),
  Version: v.optional(v.literal("1.0")),
});

/** A state machine, ready to run. */
export interface Program {
  readonly flow: Flow;
  /** The machine's own TimeoutSeconds. */
  readonly timeoutSeconds?: number | undefined;
}

/** What is wrong with a definition, and where: `States.Deliver.ItemProcessor.States.Post.Retry[0].MaxAttempts`. */
export interface DefinitionProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * Compiles a definition in the States Language, and finds what is wrong with it: what AWS would refuse, and what the
 * language has and this interpreter does not run.
 * @returns the program, or all problems.
 */
export const compile = (
  definition: unknown,
  find: FindIntegration,
): { program: Program; problems?: never } | { program?: never; problems: readonly DefinitionProblem[] } => {
  const problems: DefinitionProblem[] = [];
  const report = (path: string, message: string) => void problems.push({ path, message });
  const top = checked(machine, definition, report);
  if (!top) return { problems };
  const whole = { find, report, names: new Set<string>() };
  const compiled = compileFlow(top, { ...whole, path: "", language: top.QueryLanguage, outerVariables: new Set() });
  if (problems.length > 0) return { problems };
  return { program: { flow: compiled, timeoutSeconds: top.TimeoutSeconds } };
};

/** Where in the definition a flow is, and what holds around it. */
interface Around {
  readonly find: FindIntegration;
  readonly report: (path: string, message: string) => void;
  /** All states' names so far: a name is used once in a machine. */
  readonly names: Set<string>;
  /** Ends with a dot, but for the machine itself. */
  readonly path: string;
  readonly language: "JSONata" | "JSONPath";
  readonly outerVariables: ReadonlySet<string>;
}

const compileFlow = (definition: FlowDefinition, around: Around): Flow => {
  const { path, report } = around;
  const targets = createTargets(definition, (field, message) => report(`${path}${field}`, message));
  // What any state of this flow assigns is taken for the flows inside it, wherever it stands.
  const ownVariables = new Set(Object.values(definition.States).flatMap(assignedBy));
  const inside = { ...around, outerVariables: new Set([...around.outerVariables, ...ownVariables]) };
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(definition.States)) {
    const field = `States.${name}`;
    if (around.names.has(name)) report(`${path}${field}`, "another state of this machine has the same name");
    around.names.add(name);
    const run = compileState(state, { ...inside, path: `${path}${field}` }, around.outerVariables, (at, target) =>
      targets.add(name, `${field}.${at.replaceAll("/", ".")}`, target),
    );
    if (run) states.set(name, { type: String(state.Type), run });
  }
  targets.check(states.size === Object.keys(definition.States).length);
  return { startAt: definition.StartAt, states };
};

const compileState = (
  definition: JsonObject,
  around: Around,
  outerVariables: ReadonlySet<string>,
  target: (field: string, name: string) => void,
): State["run"] | undefined => {
  const problem: Problem = (field, message) =>
    around.report(field ? `${around.path}.${field.replaceAll("/", ".")}` : around.path, message);
  const type = String(definition.Type);
  const compileType = stateTypes[type];
  if (!compileType) return void problem("Type", `there is no type of state '${type}'`);
  const language = (definition.QueryLanguage ?? around.language) as Around["language"];
  const refused = language === "JSONata" ? undefined : jsonPathRefusal(definition);
  if (refused) return void problem(...refused);
  if (["Pass", "Task", "Wait", "Map", "Parallel"].includes(type)) {
    if ((definition.Next !== undefined) === (definition.End === true)) problem("", 'needs either Next or "End": true');
  }
  const compiler: Compiler = {
    problem,
    template: (value, field) => compileTemplate(value, field, problem),
    typed: (value, kind, field) => compileTyped(value, kind, field, problem),
    target,
    assigns: (field, name) => {
      const reason = variableProblem(name, outerVariables);
      if (reason) problem(`${field}/${name}`, reason);
    },
    flow: (inner, field) => compileFlow(inner, { ...around, language, path: `${around.path}.${field}.` }),
    integration: (resource, args) => {
      const found = around.find(resource, args);
      return typeof found === "string" ? void problem("Resource", found) : found;
    },
  };
  return compileType(definition, compiler);
};

const assignedBy = (state: JsonObject): string[] =>
  [state, ...[state.Choices, state.Catch].flatMap((rules) => (Array.isArray(rules) ? rules : []))].flatMap((rule) =>
    Object.keys((rule as { Assign?: JsonObject } | null)?.Assign ?? {}),
  );
