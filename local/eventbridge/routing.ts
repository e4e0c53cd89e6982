import type { Resource } from "../cloudformation/resource-type.ts";
import { compilePattern, type Pattern } from "./pattern/compile.ts";
import { type EventFields, eventFields } from "./pattern/event-fields.ts";
import { matches } from "./pattern/match.ts";
import { busName, type RuleProperties, type TargetProperties } from "./resources.ts";

/** A rule as it listens. */
export interface Rule {
  readonly arn: string;
  /** Name of the rule, without its bus. */
  readonly name: string;
  /** Name of the bus that it listens to. */
  readonly bus: string;
  readonly properties: RuleProperties;
  readonly pattern: Pattern;
  /** The service that made it and looks after it. */
  readonly managedBy?: string;
}

/** A target that an event goes to, and the rule that sends it there. */
export interface Route {
  readonly rule: Rule;
  readonly target: TargetProperties;
}

/** @throws Error naming the rule where its pattern is not valid. */
export const compileRule = (resource: Resource<RuleProperties>): Rule => {
  const arn = resource.attribute("Arn");
  const { properties } = resource;
  try {
    return {
      arn,
      name: arn.slice(arn.lastIndexOf("/") + 1),
      bus: busName(properties.EventBusName ?? "default"),
      properties,
      pattern: compilePattern(properties.EventPattern),
    };
  } catch (error) {
    throw new Error(`${resource.logicalId} (AWS::Events::Rule): ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
};

/** The targets of every enabled rule of the bus that matches the event, which is read only if there is one. */
export const routesOf = (rules: readonly Rule[], bus: string, event: string): Route[] => {
  let fields: EventFields | undefined;
  return rules
    .filter((rule) => rule.bus === bus && rule.properties.State === "ENABLED")
    .filter((rule) => {
      fields ??= eventFields(event);
      return matches(rule.pattern, fields);
    })
    .flatMap((rule) => rule.properties.Targets.map((target) => ({ rule, target })));
};
