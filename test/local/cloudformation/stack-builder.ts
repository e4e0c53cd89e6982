import * as v from "valibot";
import type { ResourceType } from "../../../local/cloudformation/resource-type.ts";
import { loadStack, type StackNeeds } from "../../../local/cloudformation/stack.ts";
import { TemplateError } from "../../../local/cloudformation/template-error.ts";
import type { Json, JsonObject } from "../../../local/json.ts";

/** A type with a name, any value and a strict schema, for templates of tests. */
export const thing: ResourceType<{ Name?: string | undefined; Value?: unknown }> = {
  properties: v.strictObject({ Name: v.optional(v.string()), Value: v.optional(v.unknown()) }),
  ref: ({ property, generatedName }) => String(property("Name") ?? generatedName),
  attributes: {
    Arn: ({ property, generatedName, region, account }) =>
      `arn:aws:thing:${region}:${account}:${property("Name") ?? generatedName}`,
    "Inner.Name": ({ logicalId }) => `inner of ${logicalId}`,
  },
};

/** Loads a template in us-east-1 of account 123456789012. */
export const load = (template: JsonObject, more: Partial<StackNeeds> = {}) =>
  loadStack({
    template: { Resources: {}, ...template },
    assets: undefined,
    assemblyDirectory: "/assembly",
    region: "us-east-1",
    account: "123456789012",
    stackName: "Demo",
    types: { "Test::Thing": thing },
    ...more,
  });

/** The declaration of a thing. */
export const aThing = (properties: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  Type: "Test::Thing",
  Properties: properties,
  ...more,
});

/** What `value` becomes in a template that has a thing called Other with the name `other`. */
export const evaluated = (value: Json, template: JsonObject = {}): unknown => {
  const Resources = { Subject: aThing({ Value: value }), Other: aThing({ Name: "other" }) };
  const { resources } = load({ Resources, ...template });
  const { Value } = resources.get("Subject")!.properties as { Value?: unknown };
  return Value;
};

/** The problems of a template, one line each, as a person sees them. */
export const problems = (template: JsonObject, more: Partial<StackNeeds> = {}): string[] => {
  try {
    load(template, more);
  } catch (error) {
    if (error instanceof TemplateError)
      return error.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
};
