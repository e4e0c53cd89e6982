import type { Resource } from "../cloudformation/resource-type.ts";
import { compile, type Program } from "./asl/compile.ts";
import type { FindIntegration } from "./asl/integration.ts";
import { definitionOf } from "./definition.ts";
import type { StateMachineProperties } from "./resources.ts";

/** A state machine, loaded. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The definition as JSON text. */
  readonly definition: string;
  readonly program: Program;
  readonly logging: StateMachineProperties["LoggingConfiguration"];
  readonly tracing: boolean;
}

/**
 * Loads a state machine of the template.
 * @throws Error naming the resource and, one a line, all that is wrong with its definition.
 */
export const loadMachine = (resource: Resource<StateMachineProperties>, find: FindIntegration): Machine => {
  const { properties, logicalId } = resource;
  const { text, definition } = definitionOf(resource);
  const { program, problems } = compile(definition, find);
  if (problems) {
    const lines = problems.map(({ path, message }) => `  ${[path, message].filter(Boolean).join(": ")}`);
    throw new Error(`${logicalId}: its definition cannot be run:\n${lines.join("\n")}`);
  }
  return {
    arn: resource.attribute("Arn"),
    name: resource.attribute("Name"),
    roleArn: properties.RoleArn,
    definition: text,
    program,
    logging: properties.LoggingConfiguration,
    tracing: properties.TracingConfiguration?.Enabled ?? false,
  };
};
