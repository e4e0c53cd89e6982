import type { Authorize, Permission, Principal } from "../aws/service.ts";
import type { Stack } from "../cloudformation/stack.ts";
import { contextOf } from "./condition-keys.ts";
import { type Credentials, createKeys, type KnownKey } from "./credentials.ts";
import { type Decision, decide } from "./decision.ts";
import { accessDenied } from "./denial.ts";
import { policyHolder, resourcePoliciesOf } from "./resource-policies.ts";
import { rolesOf } from "./roles.ts";
import type { Statement } from "./statement.ts";

/** A question to IAM and what the policies say to it. */
export interface Answered {
  /** The operator is not among them: nothing is asked of who may do everything. */
  readonly principal: Exclude<Principal, { kind: "operator" }>;
  readonly permission: Permission;
  readonly decision: Decision;
  /** AWS's sentence for a refusal, which names principal, action and resource. */
  readonly refusal?: string;
}

/** Who may do what, as the template's policies say. */
export interface Iam {
  readonly authorize: Authorize;
  /** Whether the policies allow it, where a service looks before it answers: nobody has asked for it. */
  allows(principal: Principal, permission: Permission): boolean;
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
  /** Hears every answer, permissions and refusals. */
  onAnswer(answered: Answered): void;
}): Iam => {
  const roles = rolesOf(needs.stack);
  const resourcePolicies = resourcePoliciesOf(needs.stack, needs);
  const keys = createKeys(needs.operator);

  const decideOn = (
    principal: Answered["principal"],
    { action, resource, conditions }: Permission,
    identity: readonly Statement[] = [],
    resourcePolicy: readonly Statement[] = [],
  ): Decision => {
    const value = contextOf(principal, conditions, needs);
    return decide({ principal, action: action.toLowerCase(), resource, value }, identity, resourcePolicy);
  };

  const ask = (
    principal: Answered["principal"],
    permission: Permission,
    identity?: readonly Statement[],
    resourcePolicy?: readonly Statement[],
  ) => {
    const { action, resource } = permission;
    const decision = decideOn(principal, permission, identity, resourcePolicy);
    if (decision === "allowed") return needs.onAnswer({ principal, permission, decision });
    const refusal = accessDenied(principal, action, resource, decision);
    needs.onAnswer({ principal, permission, decision, refusal: refusal.message });
    throw refusal;
  };

  const identityOf = (principal: Principal) =>
    principal.kind === "role" ? roles.get(principal.roleArn)?.allowed : undefined;
  const policyOf = ({ resource }: Permission) => resourcePolicies.get(policyHolder(resource));

  return {
    authorize(principal, permissions) {
      if (principal.kind === "operator") return;
      for (const permission of permissions) ask(principal, permission, identityOf(principal), policyOf(permission));
    },
    allows: (principal, permission) =>
      principal.kind === "operator" ||
      decideOn(principal, permission, identityOf(principal), policyOf(permission)) === "allowed",
    credentialsFor(roleArn, session) {
      if (!roles.has(roleArn)) throw new Error(`There is no role ${roleArn} in the template`);
      return keys.issue(roleArn, session);
    },
    principalOf: keys.find,
    assume(service, roleArn, sourceArn) {
      const principal = { kind: "service", name: service, sourceArn } as const;
      ask(principal, { action: "sts:AssumeRole", resource: roleArn }, [], roles.get(roleArn)?.trusted);
    },
  };
};
