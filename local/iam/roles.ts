import * as v from "valibot";
import type { Stack } from "../cloudformation/stack.ts";
import { type Problem, TemplateError } from "../cloudformation/template-error.ts";
import { identityPolicy } from "./policy-document.ts";
import { awsManaged, managedPolicy, policy, role } from "./resources.ts";
import { compileStatement, type Statement } from "./statement.ts";

/** A role with its policies compiled. */
export interface Role {
  /** What it may do. */
  readonly allowed: Statement[];
  /** Who may take it on. */
  readonly trusted: readonly Statement[];
}

/**
 * The template's roles by their ARN, each with all policies that are attached to it from either side.
 * @throws TemplateError for a policy that names a role, or a role that names a policy, that is not in the template.
 */
export const rolesOf = (stack: Pick<Stack, "ofType">): ReadonlyMap<string, Role> => {
  const roles = new Map<string, Role>();
  const byName = new Map<string, Role>();
  const problems: Problem[] = [];
  const managed = new Map(stack.ofType(managedPolicy).map((each) => [each.ref, each.properties.PolicyDocument]));
  const documentOf = (arn: string) => {
    const known = awsManaged(arn);
    return known ? v.parse(identityPolicy, known) : managed.get(arn);
  };

  for (const { logicalId, type, properties, ref, attribute } of stack.ofType(role)) {
    const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns } = properties;
    const documents = Policies.map((inline) => inline.PolicyDocument);
    for (const arn of ManagedPolicyArns) {
      const document = documentOf(arn);
      if (document) documents.push(document);
      else
        problems.push({
          subject: { logicalId, type },
          path: "Properties.ManagedPolicyArns",
          message: `there is no policy ${arn} in the template`,
        });
    }
    const made: Role = {
      allowed: documents.flatMap(({ Statement }) => Statement.map(compileStatement)),
      trusted: AssumeRolePolicyDocument.Statement.map((statement) => compileStatement(statement)),
    };
    roles.set(attribute("Arn"), made);
    byName.set(ref, made);
  }

  for (const { logicalId, type, properties } of [...stack.ofType(policy), ...stack.ofType(managedPolicy)])
    for (const name of properties.Roles) {
      const attached = byName.get(name);
      if (attached) attached.allowed.push(...properties.PolicyDocument.Statement.map(compileStatement));
      else
        problems.push({
          subject: { logicalId, type },
          path: "Properties.Roles",
          message: `there is no role ${name} in the template`,
        });
    }
  if (problems.length > 0) throw new TemplateError(problems);
  return roles;
};
