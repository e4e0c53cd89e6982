import type { Authorize, Permission, Principal } from "../aws/service.ts";
import type { Stack } from "../cloudformation/stack.ts";
import { contextOf } from "./condition-keys.ts";
import { type Credentials, createKeys, type KnownKey } from "./credentials.ts";
import { decide } from "./decision.ts";
import { accessDenied } from "./denial.ts";
import { resourcePoliciesOf } from "./resource-policies.ts";
import { rolesOf } from "./roles.ts";

/** Who may do what, as the template's policies say. */
export interface Iam {
  readonly authorize: Authorize;
  /** The credentials that a session of a role signs with. @throws Error for a role that is not in the template. */
  credentialsFor(roleArn: string, session: string): Required<Credentials>;
  /** Whom an access key stands for; undefined for one that was not issued here. */
  principalOf(accessKeyId: string): KnownKey | undefined;
  /**
   * Takes a role on for an AWS service.
   * @param service for example `lambda.amazonaws.com`.
   * @param sourceArn what the service does it for: the function, state machine or rule.
   * @throws AwsError `AccessDeniedException` where the role's trust policy does not allow it.
   */
  assume(service: string, roleArn: string, sourceArn: string): void;
}

/**
 * Evaluates the roles, policies and resource policies of a stack.
 * @throws TemplateError for policies that cannot be evaluated as they would be on AWS.
 */
export const createIam = (needs: {
  readonly stack: Pick<Stack, "resources" | "ofType">;
  readonly region: string;
  readonly account: string;
  /** The person who runs this, who may do everything. */
  readonly operator: Credentials;
}): Iam => {
  const roles = rolesOf(needs.stack);
  const resourcePolicies = resourcePoliciesOf(needs.stack, needs);
  const keys = createKeys(needs.operator);

  const authorizeOne = (principal: Principal, { action, resource, conditions }: Permission) => {
    const identity = principal.kind === "role" ? (roles.get(principal.roleArn)?.allowed ?? []) : [];
    const value = contextOf(principal, conditions, needs);
    const request = { principal, action: action.toLowerCase(), resource, value };
    const decision = decide(request, identity, resourcePolicies.get(resource) ?? []);
    if (decision !== "allowed") throw accessDenied(principal, action, resource, decision);
  };

  return {
    authorize(principal, permissions) {
      if (principal.kind === "operator") return;
      for (const permission of permissions) authorizeOne(principal, permission);
    },
    credentialsFor(roleArn, session) {
      if (!roles.has(roleArn)) throw new Error(`There is no role ${roleArn} in the template`);
      return keys.issue(roleArn, session);
    },
    principalOf: keys.find,
    assume(service, roleArn, sourceArn) {
      const principal = { kind: "service", name: service, sourceArn } as const;
      const value = contextOf(principal, undefined, needs);
      const request = { principal, action: "sts:assumerole", resource: roleArn, value };
      const decision = decide(request, [], roles.get(roleArn)?.trusted ?? []);
      if (decision !== "allowed") throw accessDenied(principal, "sts:AssumeRole", roleArn, decision);
    },
  };
};
