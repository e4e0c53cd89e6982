import * as v from "valibot";
import type { Identity, Resource, ResourceType } from "../../local/cloudformation/resource-type.ts";
import type { Json, JsonObject } from "../../local/json.ts";

/** A resource as a template declares it, with its properties checked by its type's schema. */
export const declared = <Properties>(
  type: ResourceType<Properties>,
  logicalId: string,
  properties: JsonObject,
): Resource<Properties> => {
  const identity: Identity = {
    logicalId,
    region: "us-east-1",
    account: "123456789012",
    partition: "aws",
    stackName: "Stack",
    property: (name): Json | undefined => properties[name],
    generatedName: `Stack-${logicalId}`,
  };
  return {
    logicalId,
    type: "",
    properties: v.parse(type.properties, properties),
    ref: type.ref(identity),
    attribute: (name) => {
      const give = type.attributes[name];
      if (!give) throw new Error(`${logicalId} has no attribute ${name}`);
      return give(identity);
    },
    identity,
  };
};
