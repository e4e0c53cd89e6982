import type { Permission, Principal } from "../aws/service.ts";
import type { ContextValue } from "./condition.ts";

/**
 * The condition keys that a request here can carry. A policy that asks for another one would be decided otherwise than
 * on AWS, so it is refused when it is read. The services give those with their own prefix in `Permission.conditions`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const conditionKeys: readonly string[] = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalServiceName",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "events:detail-type",
  "events:source",
  "kms:ViaService",
];

const lowerCase = new Set(conditionKeys.map((key) => key.toLowerCase()));

/** Keys are the same in any case. */
export const isConditionKey = (key: string): boolean => lowerCase.has(key.toLowerCase());

/** The condition keys of one request. */
export const contextOf =
  (
    principal: Principal,
    given: Permission["conditions"],
    place: { readonly region: string; readonly account: string },
  ): ContextValue =>
  (key) => {
    if (!key.startsWith("aws:")) return ownOf(given, key);
    switch (key) {
      case "aws:requestedregion":
        return place.region;
      case "aws:securetransport":
        // The loopback interface stands for the TLS endpoints that the SDK would call on AWS.
        return "true";
      case "aws:principalisawsservice":
        return String(principal.kind === "service");
      case "aws:principalarn":
        return principal.kind === "role" ? principal.roleArn : undefined;
      case "aws:principalaccount":
        return principal.kind === "service" ? undefined : place.account;
      case "aws:principalservicename":
        return principal.kind === "service" ? principal.name : undefined;
      case "aws:sourcearn":
        return principal.kind === "service" ? principal.sourceArn : undefined;
      case "aws:sourceaccount":
        return principal.kind === "service" ? principal.sourceArn.split(":")[4] : undefined;
      default:
        return undefined;
    }
  };

const ownOf = (given: Permission["conditions"], lowerCaseKey: string) => {
  for (const [name, value] of Object.entries(given ?? {})) if (name.toLowerCase() === lowerCaseKey) return value;
  return undefined;
};
