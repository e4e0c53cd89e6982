import type { PolicyRequest, Statement } from "./statement.ts";

/** What the policies say to a request, and where they say so. */
export type Decision = "allowed" | "denied by an identity policy" | "denied by a resource policy" | "allowed by none";

/**
 * Decides as AWS does within one account: a denial anywhere wins, then one permission anywhere is enough.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 * @param identity the statements of the caller's policies; none for an AWS service.
 * @param resource the statements of the resource's policy.
 */
export const decide = (
  request: PolicyRequest,
  identity: readonly Statement[],
  resource: readonly Statement[],
): Decision => {
  let allowed = false;
  for (const statement of identity) {
    if ((allowed && statement.effect === "Allow") || !statement.appliesTo(request)) continue;
    if (statement.effect === "Deny") return "denied by an identity policy";
    allowed = true;
  }
  for (const statement of resource) {
    if ((allowed && statement.effect === "Allow") || !statement.appliesTo(request)) continue;
    if (statement.effect === "Deny") return "denied by a resource policy";
    allowed = true;
  }
  return allowed ? "allowed" : "allowed by none";
};
