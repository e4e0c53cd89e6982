import type { Principal } from "../aws/service.ts";
import { type ContextValue, compileCondition } from "./condition.ts";
import type { StatementDocument } from "./policy-document.ts";
import { anyWildcard, type Matches } from "./wildcard.ts";

/** A request as statements see it. */
export interface PolicyRequest {
  readonly principal: Principal;
  /** In lower case: actions are the same in any case. */
  readonly action: string;
  readonly resource: string;
  readonly value: ContextValue;
}

/** A compiled statement of a policy. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  appliesTo(request: PolicyRequest): boolean;
}

/** Compiles a statement; one without a principal applies to whoever its policy is attached to. */
export const compileStatement = (document: StatementDocument): Statement => {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, Condition } = document;
  const action = either(lowerCased(Action), lowerCased(NotAction));
  const resource = either(Resource, NotResource);
  const principal = Principal === undefined ? () => true : compilePrincipal(Principal, Effect);
  const conditions = Condition.map(compileCondition);
  return {
    effect: Effect,
    appliesTo: (request) =>
      action(request.action) &&
      resource(request.resource) &&
      principal(request.principal) &&
      conditions.every((holds) => holds(request.value)),
  };
};

const lowerCased = (actions: readonly string[] | undefined) => actions?.map((action) => action.toLowerCase());

const either = (patterns: readonly string[] | undefined, excluded: readonly string[] | undefined): Matches => {
  if (patterns) return anyWildcard(patterns);
  if (!excluded) return () => true;
  const isExcluded = anyWildcard(excluded);
  return (text) => !isExcluded(text);
};

/**
 * To name an account leaves the decision to its identity policies, so it allows nobody by itself; a denial of an
 * account hits everybody in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const compilePrincipal = (
  named: NonNullable<StatementDocument["Principal"]>,
  effect: "Allow" | "Deny",
): ((principal: Principal) => boolean) => {
  if (named === "*" || named.AWS.includes("*")) return () => true;
  const arns = new Set(named.AWS);
  const services = new Set(named.Service);
  return (principal) => {
    if (principal.kind === "service") return services.has(principal.name);
    if (principal.kind === "operator") return false;
    const account = principal.roleArn.split(":")[4] ?? "";
    if (effect === "Deny" && (arns.has(account) || arns.has(`arn:aws:iam::${account}:root`))) return true;
    return arns.has(principal.roleArn) || arns.has(sessionArn(principal));
  };
};

/** The ARN of a role session, which has the role's name without its path. */
export const sessionArn = ({ roleArn, session }: { readonly roleArn: string; readonly session: string }): string => {
  const account = roleArn.split(":")[4];
  return `arn:aws:sts::${account}:assumed-role/${roleArn.slice(roleArn.lastIndexOf("/") + 1)}/${session}`;
};
