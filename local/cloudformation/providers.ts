import type { Resource } from "./resource-type.ts";

/**
 * The functions that custom resources are made by (their `ServiceToken`), with the types of those: by a function's ARN,
 * `Custom::…`. CloudFormation would invoke them as it makes a stack; here the runtime itself does what they do.
 */
export const providersOf = (resources: Iterable<Resource>): ReadonlyMap<string, string> => {
  const providers = new Map<string, string>();
  for (const { type, properties } of resources) {
    const { ServiceToken: token } = Object(properties) as { readonly ServiceToken?: unknown };
    if (type.startsWith("Custom::") && typeof token === "string") providers.set(token, type);
  }
  return providers;
};
