import * as v from "valibot";
import type { Json, JsonObject } from "../json.ts";
import { parameterSchema } from "./parameters.ts";
import { problemsOf } from "./schema-problems.ts";
import type { Problem } from "./template-error.ts";

const json = v.custom<Json>(() => true);
const jsonObject = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "has to be an object",
);

/**
 * A resource's declaration. DeletionPolicy and UpdateReplacePolicy say what becomes of it when its stack changes; here
 * data is kept or dropped by the folder it lies in. CreationPolicy and UpdatePolicy would have an effect: refused.
 */
const resourceSchema = v.strictObject({
  Type: v.string(),
  Properties: v.optional(jsonObject, {}),
  DependsOn: v.optional(
    v.union([
      v.pipe(
        v.string(),
        v.transform((id) => [id]),
      ),
      v.array(v.string()),
    ]),
    [],
  ),
  Condition: v.optional(v.string()),
  Metadata: v.optional(jsonObject, {}),
  DeletionPolicy: v.optional(v.string()),
  UpdateReplacePolicy: v.optional(v.string()),
});

/** An output's declaration. Its export is for other stacks, of which there are none here. */
const outputSchema = v.strictObject({
  Value: json,
  Description: v.optional(v.string()),
  Condition: v.optional(v.string()),
  Export: v.optional(jsonObject),
});

/**
 * The sections that are understood: Transform and Hooks are not, and so refused by name. Rules are CDK's check of the
 * account's bootstrap version, which a deployment needs and a run on one machine does not.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
const sections = v.strictObject({
  AWSTemplateFormatVersion: v.optional(v.literal("2010-09-09")),
  Description: v.optional(v.string()),
  Metadata: v.optional(jsonObject),
  Rules: v.optional(jsonObject),
  Parameters: v.optional(jsonObject, {}),
  Mappings: v.optional(jsonObject, {}),
  Conditions: v.optional(jsonObject, {}),
  Resources: jsonObject,
  Outputs: v.optional(jsonObject, {}),
});

/** A resource as the template declares it. */
export type Declaration = v.InferOutput<typeof resourceSchema>;

/** A template of the right form; its values are still unevaluated. */
export interface Template {
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly parameters: ReadonlyMap<string, v.InferOutput<typeof parameterSchema>>;
  readonly resources: ReadonlyMap<string, Declaration>;
  readonly outputs: ReadonlyMap<string, v.InferOutput<typeof outputSchema>>;
  /** Names of parameters and resources that are left out, their form being wrong. */
  readonly broken: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Reads a template section by section, so that all that is wrong with its form is known at once. */
export const parseTemplate = (template: JsonObject): Template => {
  const broken = new Set<string>();
  const problems: Problem[] = [];

  const parsed = v.safeParse(sections, template);
  if (!parsed.success) problems.push(...problemsOf(parsed.issues, ""));
  const section = (name: string): JsonObject => (v.is(jsonObject, template[name]) ? template[name] : {});

  const read = <Schema extends v.GenericSchema>(name: string, schema: Schema) => {
    const entries = new Map<string, v.InferOutput<Schema>>();
    for (const [logicalId, value] of Object.entries(section(name))) {
      const entry = v.safeParse(schema, value);
      if (entry.success) entries.set(logicalId, entry.output);
      else {
        broken.add(logicalId);
        problems.push(...problemsOf(entry.issues, `${name}.${logicalId}`));
      }
    }
    return entries;
  };

  const parameters = read("Parameters", parameterSchema);
  const resources = read("Resources", resourceSchema);
  const outputs = read("Outputs", outputSchema);
  return {
    mappings: section("Mappings"),
    conditions: section("Conditions"),
    parameters,
    resources,
    outputs,
    broken,
    problems,
  };
};
