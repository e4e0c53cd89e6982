import * as v from "valibot";
import { readAssembly } from "../../local/cloudformation/assembly.ts";
import { providersOf } from "../../local/cloudformation/providers.ts";
import { loadStack, type Stack } from "../../local/cloudformation/stack.ts";
import type { Answered } from "../../local/iam/iam.ts";
import { resourcePolicy, type StatementDocument } from "../../local/iam/policy-document.ts";
import { permissionStatement } from "../../local/iam/resource-policies.ts";
import { permission as lambdaPermission, policy, role } from "../../local/iam/resources.ts";
import { compileStatement } from "../../local/iam/statement.ts";
import { lambdaFunction } from "../../local/lambda/resources.ts";
import { PLACE } from "../../local/load-app.ts";
import { resourceTypes } from "../../local/resource-types.ts";
import type { Template } from "../support/roomcast.ts";
import { takeOut } from "../support/take-out.ts";
import { namesIn } from "./names.ts";
import { asks, eachPair, type Pair, without } from "./statements.ts";

/** One permission of the template: that somebody may do one action to one resource. */
export interface Declared {
  /** Whose permission it is: the function `publish`, or a service, `events.amazonaws.com`. */
  readonly holder: string;
  readonly action: string;
  /** The resource or pattern, with the template's names in it: `table/tablesrooms`. */
  readonly resource: string;
  /** Whether an answer of IAM was a use of it. */
  isUsedBy(answered: Answered): boolean;
  /** Takes it, and nothing else, out of a template. */
  removeFrom(template: Template): void;
}

/**
 * Every permission that the app's template gives; a denial is none. Those of the functions of custom resources are left
 * out: CDK writes both, and they are used by deployments alone. @param assembly the app's cloud assembly */
export const declaredPermissions = (assembly: string): readonly Declared[] => {
  const [synthesized] = readAssembly(assembly).stacks;
  const stack = loadStack({ ...PLACE, ...synthesized!, assemblyDirectory: assembly, types: resourceTypes });
  return [
    ...ofRoles(stack),
    ...ofFunctions(stack),
    ...ofPolicies(stack, "AWS::SQS::QueuePolicy"),
    ...ofPolicies(stack, "AWS::S3::BucketPolicy"),
    ...ofTrust(stack),
  ];
};

/** The roles whose permissions are listed. */
const rolesIn = (stack: Stack) => {
  const providers = providersOf(stack.resources.values());
  const theirs = new Set(
    stack
      .ofType(lambdaFunction)
      .flatMap(({ attribute, properties }) => (providers.has(attribute("Arn")) ? [properties.Role] : [])),
  );
  return stack.ofType(role).filter(({ attribute }) => !theirs.has(attribute("Arn")));
};

const ofRoles = (stack: Stack): Declared[] => {
  const { holderOf, readable } = namesIn(stack);
  const arns = new Map(rolesIn(stack).map(({ ref, attribute }) => [ref, attribute("Arn")]));
  for (const { logicalId, properties } of rolesIn(stack))
    if (properties.Policies.length + properties.ManagedPolicyArns.length > 0)
      throw new Error(`${logicalId} has permissions that are in no AWS::IAM::Policy: give it a policy of its own.`);
  return stack.ofType(policy).flatMap(({ logicalId, properties: { Roles, PolicyDocument } }) =>
    Roles.flatMap((name) => {
      const roleArn = arns.get(name);
      if (roleArn === undefined) return [];
      return allowedPairs(PolicyDocument).map(({ index, pair, compiled }) => ({
        holder: holderOf(roleArn),
        action: pair.action,
        resource: readable(pair.resource),
        isUsedBy: (answered: Answered) =>
          answered.principal.kind === "role" && answered.principal.roleArn === roleArn && asks(compiled, answered),
        removeFrom: ({ Resources }: Template) => without(Resources[logicalId]!.Properties.PolicyDocument, index, pair),
      }));
    }),
  );
};

const ofFunctions = (stack: Stack): Declared[] => {
  const { readable } = namesIn(stack);
  return stack.ofType(lambdaPermission).map(({ logicalId, properties }) => {
    const compiled = permissionStatement(properties, properties.FunctionName);
    return {
      holder: properties.Principal,
      action: properties.Action,
      resource: readable(properties.FunctionName),
      isUsedBy: (answered) => asks(compiled, answered),
      removeFrom: (template) => takeOut(template, logicalId),
    };
  });
};

/** What policies of resources let services do. */
const ofPolicies = (stack: Stack, policyType: string): Declared[] => {
  const { readable } = namesIn(stack);
  const policies = [...stack.resources.values()].filter(({ type }) => type === policyType);
  return policies.flatMap(({ logicalId, properties }) =>
    allowedPairs(v.parse(resourcePolicy, Object(properties).PolicyDocument)).flatMap(
      ({ index, pair, principal, compiled }) =>
        principal
          ? {
              holder: principal,
              action: pair.action,
              resource: readable(pair.resource),
              isUsedBy: (answered: Answered) => asks(compiled, answered),
              removeFrom: ({ Resources }: Template) =>
                without(Resources[logicalId]!.Properties.PolicyDocument, index, pair),
            }
          : [],
    ),
  );
};

const ofTrust = (stack: Stack): Declared[] => {
  const { holderOf } = namesIn(stack);
  return rolesIn(stack).flatMap(({ logicalId, properties: { AssumeRolePolicyDocument }, attribute }) =>
    // A trust policy has no resource: it is the role itself.
    allowedPairs(AssumeRolePolicyDocument, attribute("Arn")).map(({ index, pair, principal, compiled }) => ({
      holder: principal,
      action: pair.action,
      resource: `the role of ${holderOf(attribute("Arn"))}`,
      isUsedBy: (answered: Answered) => asks(compiled, answered),
      removeFrom: ({ Resources }: Template) =>
        without(Resources[logicalId]!.Properties.AssumeRolePolicyDocument, index, pair),
    })),
  );
};

const allowedPairs = ({ Statement }: { Statement: readonly StatementDocument[] }, itself?: string) =>
  Statement.flatMap((statement, index) =>
    statement.Effect === "Deny"
      ? []
      : eachPair(statement, itself).map((pair: Pair) => ({
          index,
          pair,
          principal: Object(statement.Principal).Service?.join(", "),
          compiled: compileStatement({ ...statement, Action: [pair.action], Resource: [pair.resource] }),
        })),
  );
