import { AwsError } from "../aws/error.ts";
import type { Principal } from "../aws/service.ts";
import type { Decision } from "./decision.ts";
import { sessionArn } from "./statement.ts";

/**
 * A refusal in AWS's words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const accessDenied = (
  principal: Principal,
  action: string,
  resource: string,
  decision: Exclude<Decision, "allowed">,
): AwsError => {
  const kind = principal.kind === "service" ? "resource-based" : "identity-based";
  const because = {
    "denied by an identity policy": "with an explicit deny in an identity-based policy",
    "denied by a resource policy": "with an explicit deny in a resource-based policy",
    "allowed by none": `because no ${kind} policy allows the ${action} action`,
  }[decision];
  return new AwsError(
    "AccessDeniedException",
    `User: ${nameOf(principal)} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    403,
  );
};

const nameOf = (principal: Principal): string => {
  if (principal.kind === "role") return sessionArn(principal);
  return principal.kind === "service" ? principal.name : "operator";
};
