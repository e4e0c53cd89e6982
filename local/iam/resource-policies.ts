import * as v from "valibot";
import type { Resource } from "../cloudformation/resource-type.ts";
import { problemsOf } from "../cloudformation/schema-problems.ts";
import type { Stack } from "../cloudformation/stack.ts";
import { type Problem, TemplateError } from "../cloudformation/template-error.ts";
import { resourcePolicy, resourceStatement } from "./policy-document.ts";
import { type PermissionProperties, permission } from "./resources.ts";
import { compileStatement, type Statement } from "./statement.ts";

/** What these types mean for IAM; the rest of them belongs to their services. */
const queuePolicy = v.object({ PolicyDocument: resourcePolicy, Queues: v.array(v.string()) });
const bucketPolicy = v.object({ PolicyDocument: resourcePolicy, Bucket: v.string() });
const eventBusPolicy = v.object({ EventBusName: v.optional(v.string(), "default"), Statement: resourceStatement });

/** Where the policy of a resource is: that of an object is its bucket's. */
export const policyHolder = (arn: string): string => /^arn:aws:s3:::[^/]+/.exec(arn)?.[0] ?? arn;

/**
 * The policies attached to functions, queues, buckets and event buses, by the ARN of what they are attached to.
 * @throws TemplateError with all that is wrong with them.
 */
export const resourcePoliciesOf = (
  stack: Pick<Stack, "resources" | "ofType">,
  { region, account }: { readonly region: string; readonly account: string },
): ReadonlyMap<string, readonly Statement[]> => {
  const statements = new Map<string, Statement[]>();
  const problems: Problem[] = [];
  const attach = (arn: string, added: readonly Statement[]) =>
    statements.set(arn, [...(statements.get(arn) ?? []), ...added]);
  const arnOf = (service: string, resource: string) =>
    resource.startsWith("arn:") ? resource : `arn:aws:${service}:${region}:${account}:${resource}`;
  const read = <Schema extends v.GenericSchema>(schema: Schema, { logicalId, type, properties }: Resource) => {
    const parsed = v.safeParse(schema, properties);
    if (parsed.success) return parsed.output;
    const subject = { logicalId, type };
    problems.push(...problemsOf(parsed.issues, "Properties").map((problem) => ({ ...problem, subject })));
    return undefined;
  };

  for (const { properties } of stack.ofType(permission)) {
    const { FunctionName } = properties;
    const arn = arnOf("lambda", FunctionName.startsWith("arn:") ? FunctionName : `function:${FunctionName}`);
    attach(arn, [permissionStatement(properties, arn)]);
  }
  for (const resource of stack.resources.values()) {
    if (resource.type === "AWS::SQS::QueuePolicy") {
      const { PolicyDocument, Queues = [] } = read(queuePolicy, resource) ?? {};
      const compiled = PolicyDocument?.Statement.map(compileStatement) ?? [];
      // A queue is named by its URL here, which ends in its name.
      for (const url of Queues) attach(arnOf("sqs", url.slice(url.lastIndexOf("/") + 1)), compiled);
    }
    if (resource.type === "AWS::S3::BucketPolicy") {
      const found = read(bucketPolicy, resource);
      if (found) attach(`arn:aws:s3:::${found.Bucket}`, found.PolicyDocument.Statement.map(compileStatement));
    }
    if (resource.type === "AWS::Events::EventBusPolicy") {
      const found = read(eventBusPolicy, resource);
      if (found) attach(busArn(found.EventBusName, arnOf), [compileStatement(found.Statement)]);
    }
  }
  if (problems.length > 0) throw new TemplateError(problems);
  return statements;
};

const busArn = (name: string, arnOf: (service: string, resource: string) => string) =>
  arnOf("events", name.startsWith("arn:") ? name : `event-bus/${name}`);

/**
 * The statement that Lambda makes of a permission, for the function whole: the runtime has no versions or aliases.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
export const permissionStatement = (
  { Action, Principal, SourceArn, SourceAccount }: PermissionProperties,
  functionArn: string,
): Statement => {
  const conditions = [
    { operator: "ArnLike", key: "aws:sourcearn", values: SourceArn },
    { operator: "StringEquals", key: "aws:sourceaccount", values: SourceAccount },
  ];
  const isService = Principal.includes(".amazonaws.com");
  return compileStatement({
    Effect: "Allow",
    Action: [Action],
    Resource: [functionArn],
    Principal: Principal === "*" ? "*" : { AWS: isService ? [] : [Principal], Service: isService ? [Principal] : [] },
    Condition: conditions.flatMap(({ values, ...line }) =>
      values === undefined ? [] : [{ ...line, values: [values] }],
    ),
  });
};
