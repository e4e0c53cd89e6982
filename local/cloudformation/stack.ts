import type { Json, JsonObject } from "../json.ts";
import { createAssets } from "./assets.ts";
import { createConditions } from "./conditions.ts";
import { evaluate } from "./evaluate.ts";
import { text } from "./intrinsic-functions.ts";
import { createParameters } from "./parameters.ts";
import { planResources } from "./plan.ts";
import { createResource, type Place } from "./resource.ts";
import type { Resource, ResourceType } from "./resource-type.ts";
import { mappedIn, pseudoParameters, type Scope } from "./scope.ts";
import { parseTemplate, type Template } from "./template.ts";
import { type Problem, TemplateError, Unresolved } from "./template-error.ts";

/** A template with everything in it resolved. */
export interface Stack {
  /** For example `Chat-dev`. */
  readonly name: string;
  /** By logical id, each after what it depends on. Those whose condition does not hold are not there. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** The resources of a type, in the same order; their properties are as its schema gives them. */
  ofType<Properties>(type: ResourceType<Properties>): Resource<Properties>[];
  /** By the name in the template. */
  readonly outputs: Readonly<Record<string, string>>;
  /**
   * The folder (of an asset that is zipped for deployment) or file that would be the object `key` of `bucket`.
   * @throws Error for an object that is no asset of this stack.
   */
  assetDirectory(bucket: string, key: string): string;
}

/** What a stack is made from. */
export interface StackNeeds extends Place {
  readonly template: JsonObject;
  /** The stack's asset manifest, where it has assets. */
  readonly assets: JsonObject | undefined;
  /** Where the asset manifest lies: its paths start there. */
  readonly assemblyDirectory: string;
  /** What is understood, by the types' names. */
  readonly types: Readonly<Record<string, ResourceType>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Resolves a template as CloudFormation does on creating its stack.
 * @throws TemplateError with every problem there is: nothing in the template is skipped.
 */
export const loadStack = (needs: StackNeeds): Stack => {
  const { types } = needs;
  const template = parseTemplate(needs.template);
  const resources = new Map<string, Resource>();
  const broken = new Set(template.broken);

  const pseudo = pseudoParameters(needs);
  const parameters = createParameters(template.parameters, needs.parameters ?? {});
  const parameter = (name: string): Json | undefined => {
    if (broken.has(name)) throw new Unresolved([]);
    if (template.parameters.has(name)) return parameters.value(name);
    if (pseudo.has(name)) return pseudo.get(name);
    throw new Error(`There is no resource or parameter ${name}`);
  };
  const mapped = mappedIn(template.mappings);
  const conditions = createConditions(template.conditions, { ref: parameter, mapped });
  const plan = planResources(template, conditions);
  for (const id of plan.unplaceable) broken.add(id);
  const problems = [...template.problems, ...parameters.problems, ...conditions.problems, ...plan.problems];

  const resource = lookUp(resources, template, broken);
  const scope: Scope = {
    ref: (name) => (template.resources.has(name) ? resource(name).ref : parameter(name)),
    attribute: (id, name) => resource(id).attribute(name),
    condition: conditions.holds,
    mapped,
  };
  for (const id of plan.order) {
    const declaration = template.resources.get(id);
    if (!declaration) continue;
    const type = Object.hasOwn(types, declaration.Type) ? types[declaration.Type] : undefined;
    const created = attempt(problems, () => createResource(id, declaration, { type, scope, place: needs }));
    if (created) resources.set(id, created);
    else broken.add(id);
  }

  const outputs: Record<string, string> = {};
  for (const [name, { Value, Condition }] of template.outputs)
    attempt(problems, () =>
      inOutput(name, () => {
        if (Condition === undefined || conditions.holds(Condition))
          outputs[name] = text(evaluate(Value, scope, "Value"), "An output is a text");
      }),
    );

  if (problems.length > 0) throw new TemplateError(problems);
  return {
    name: needs.stackName,
    resources,
    outputs,
    ofType: <Properties>(type: ResourceType<Properties>) =>
      [...resources.values()].filter((each): each is Resource<Properties> => types[each.type] === type),
    assetDirectory: createAssets(needs),
  };
};

const lookUp =
  (made: ReadonlyMap<string, Resource>, { resources }: Template, broken: ReadonlySet<string>) =>
  (id: string): Resource => {
    const found = made.get(id);
    if (found) return found;
    if (broken.has(id)) throw new Unresolved([]);
    const declared = resources.get(id);
    throw new Error(
      declared ? `${id} is not made: its condition ${declared.Condition} does not hold` : `There is no resource ${id}`,
    );
  };

const inOutput = (logicalId: string, task: () => void): void => {
  const subject = { logicalId, type: "Output" };
  try {
    task();
  } catch (error) {
    if (error instanceof Unresolved) throw new Unresolved(error.problems.map((problem) => ({ ...problem, subject })));
    throw new Unresolved([{ subject, path: "", message: error instanceof Error ? error.message : String(error) }]);
  }
};

const attempt = <T>(problems: Problem[], task: () => T): T | undefined => {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
};
