import type { Resource } from "../cloudformation/resource-type.ts";
import type { JsonObject } from "../json.ts";
import type { StateMachineProperties } from "./resources.ts";

/**
 * A state machine's definition with its substitutions made, as text and parsed.
 * @throws Error naming the resource, when the text is not JSON.
 */
export const definitionOf = ({ logicalId, properties }: Resource<StateMachineProperties>) => {
  const { DefinitionString, Definition, DefinitionSubstitutions } = properties;
  const text = (DefinitionString ?? JSON.stringify(Definition)).replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = DefinitionSubstitutions[name];
    // The value goes into JSON text, and always into a string of it.
    return value === undefined ? placeholder : JSON.stringify(String(value)).slice(1, -1);
  });
  try {
    return { text, definition: JSON.parse(text) as JsonObject };
  } catch (error) {
    throw new Error(`${logicalId}: its definition is not JSON: ${(error as Error).message}`, { cause: error });
  }
};
