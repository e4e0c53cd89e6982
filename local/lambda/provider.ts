import { AwsError } from "../aws/error.ts";
import type { Resource } from "../cloudformation/resource-type.ts";
import type { LambdaFunction } from "./create-function.ts";
import type { FunctionProperties } from "./resources.ts";

/**
 * The function of a custom resource, which is there and not run: what it does for a deployment the runtime has done, and
 * its code asks for what is not here, such as Python or another SDK.
 * @param type of its custom resource
 */
export const createProvider = (
  { ref: name, properties, attribute }: Resource<FunctionProperties>,
  type: string,
): LambdaFunction => ({
  name,
  arn: attribute("Arn"),
  properties,
  reserved: properties.ReservedConcurrentExecutions,
  reserve: () => {},
  invoke: async () => {
    const message = `${name} (${properties.Runtime}) makes ${type}, which this runtime does itself: it is not run here.`;
    throw new AwsError("InvalidRuntimeException", message, 502);
  },
  warm: async () => {},
  end: async () => {},
});

/** Why a function that is no custom resource's cannot be run; undefined where it can. */
export const reasonNotToRun = ({ Runtime, Layers }: FunctionProperties): string | undefined => {
  if (!Runtime.startsWith("nodejs")) return `${Runtime} is not run here, but for the functions of custom resources`;
  if (Layers.length > 0) return "its layers would be missing: no layer is run here";
  return undefined;
};
