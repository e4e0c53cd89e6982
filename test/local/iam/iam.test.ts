import { expect, test } from "vitest";
import type { Json } from "../../../local/json.ts";
import { answer, asWorker, document, functionArn, iamOf, roleArn, statement, trusting, worker } from "./iam-builder.ts";

const tables = "arn:aws:dynamodb:us-east-1:123456789012:table/";
const denied = (action: string, resource: string, because: string) =>
  `User: arn:aws:sts::123456789012:assumed-role/worker/job is not authorized to perform: ${action} on resource: ${resource} ${because}`;
const notAllowed = "because no identity-based policy allows the dynamodb:Query action";
const explicitly = "with an explicit deny in an identity-based policy";

test.each<[string, Json[], string]>([
  [
    "the action and the resource are named",
    [statement({ Action: "dynamodb:Query", Resource: `${tables}rooms` })],
    "allowed",
  ],
  ["the action is written in another case", [statement({ Action: "DynamoDB:query" })], "allowed"],
  ["the action is one of several", [statement({ Action: ["dynamodb:GetItem", "dynamodb:Query"] })], "allowed"],
  ["wildcards cover it", [statement({ Action: "dynamodb:Q*y", Resource: "arn:*:dynamodb:*:table/r??m*" })], "allowed"],
  ["another action is excepted", [statement({ Action: undefined as never, NotAction: "dynamodb:Scan" })], "allowed"],
  ["a later statement allows it", [statement({ Action: "sqs:*" }), statement({ Action: "dynamodb:*" })], "allowed"],
])("a role may do it where %s", (_name, statements, result) => {
  expect(answer(iamOf({ Worker: worker(clean(statements)) }), asWorker, "dynamodb:Query", `${tables}rooms`)).toBe(
    result,
  );
});

test.each<[string, Json[], string]>([
  ["nothing allows it", [], notAllowed],
  ["another action is allowed", [statement({ Action: "dynamodb:GetItem" })], notAllowed],
  ["the pattern ends earlier", [statement({ Action: "dynamodb:Quer" })], notAllowed],
  ["another table is allowed", [statement({ Resource: `${tables}other` })], notAllowed],
  ["the resource is written in another case", [statement({ Resource: `${tables}ROOMS` })], notAllowed],
  ["the action is excepted", [statement({ Action: undefined as never, NotAction: "dynamodb:*" })], notAllowed],
  ["the resource is excepted", [statement({ Resource: undefined as never, NotResource: `${tables}*` })], notAllowed],
  [
    "a denial stands beside the permission",
    [statement({}), statement({ Effect: "Deny", Action: "dynamodb:Q*" })],
    explicitly,
  ],
])("a role may not do it where %s", (_name, statements, because) => {
  expect(answer(iamOf({ Worker: worker(clean(statements)) }), asWorker, "dynamodb:Query", `${tables}rooms`)).toBe(
    denied("dynamodb:Query", `${tables}rooms`, because),
  );
});

test("a refusal is AWS's error", () => {
  expect(() => iamOf({}).authorize(asWorker, [{ action: "a:b", resource: "*" }])).toThrow(
    expect.objectContaining({ name: "AccessDeniedException", status: 403 }),
  );
});

test("every answer is told, and a refusal with its sentence", () => {
  const answers: unknown[] = [];
  const iam = iamOf({ Worker: worker([statement({ Action: "sqs:SendMessage" })]) }, (answered) =>
    answers.push(answered),
  );
  answer(iam, asWorker, "sqs:SendMessage", "*");
  const refusal = answer(iam, asWorker, "dynamodb:Query", `${tables}rooms`);
  iam.authorize({ kind: "operator" }, [{ action: "dynamodb:Query", resource: "*" }]);
  iam.assume("lambda.amazonaws.com", roleArn, functionArn);
  expect(answers).toMatchObject([
    { principal: asWorker, permission: { action: "sqs:SendMessage", resource: "*" }, decision: "allowed" },
    { principal: asWorker, permission: { action: "dynamodb:Query" }, decision: "allowed by none", refusal },
    {
      principal: { kind: "service", sourceArn: functionArn },
      permission: { action: "sts:AssumeRole", resource: roleArn },
    },
  ]);
});

test("all of the permissions asked for are needed", () => {
  const { authorize } = iamOf({ Worker: worker([statement({ Action: "sqs:A" })]) });
  const ask = (...actions: string[]) =>
    authorize(
      asWorker,
      actions.map((action) => ({ action, resource: "*" })),
    );
  expect(() => ask("sqs:A")).not.toThrow();
  expect(() => ask("sqs:A", "sqs:B")).toThrow("sqs:B");
});

test("policies reach a role from the role, from the policy and from AWS", () => {
  const Managed = {
    Type: "AWS::IAM::ManagedPolicy",
    Properties: { PolicyDocument: document(statement({ Action: "a:managed" })) },
  };
  const Attached = {
    Type: "AWS::IAM::Policy",
    Properties: {
      PolicyName: "p",
      Roles: [{ Ref: "Worker" }],
      PolicyDocument: document(statement({ Action: "a:attached" })),
    },
  };
  const ManagedPolicyArns = [{ Ref: "Managed" }, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"];
  const iam = iamOf({ Worker: worker([statement({ Action: "a:inline" })], { ManagedPolicyArns }), Managed, Attached });
  const actions = ["a:managed", "a:attached", "a:inline", "logs:PutLogEvents", "logs:DeleteLogGroup"];
  expect(actions.filter((action) => answer(iam, asWorker, action, "*") === "allowed")).toEqual(actions.slice(0, 4));
});

test("the operator may do everything", () => {
  expect(answer(iamOf({}), { kind: "operator" }, "dynamodb:Query", "*")).toBe("allowed");
});

test("a role is taken on by the services that it trusts, for the sources that it names", () => {
  const AssumeRolePolicyDocument = trusting("states.amazonaws.com", {
    Condition: {
      ArnLike: { "aws:SourceArn": "arn:aws:states:us-east-1:123456789012:stateMachine:*" },
      StringEquals: { "aws:SourceAccount": "123456789012" },
    },
  });
  const { assume } = iamOf({ Worker: worker([], { AssumeRolePolicyDocument }) });
  const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
  expect(() => assume("states.amazonaws.com", roleArn, machine)).not.toThrow();
  expect(() => assume("states.amazonaws.com", roleArn, functionArn)).toThrow("sts:AssumeRole");
  expect(() => assume("lambda.amazonaws.com", roleArn, machine)).toThrow(
    `User: lambda.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
});

test("a role's session has credentials of its own, the same at each asking, and nobody finds others", () => {
  const { credentialsFor, principalOf } = iamOf({ Worker: worker([]) });
  const first = credentialsFor(roleArn, "a");
  expect(credentialsFor(roleArn, "a")).toEqual(first);
  expect(credentialsFor(roleArn, "b").secretAccessKey).not.toBe(first.secretAccessKey);
  expect(principalOf(first.accessKeyId)).toEqual({
    principal: { kind: "role", roleArn, session: "a" },
    secretAccessKey: first.secretAccessKey,
    sessionToken: first.sessionToken,
  });
  expect(principalOf("operator")).toMatchObject({ principal: { kind: "operator" }, secretAccessKey: "secret" });
  expect(principalOf("constructor")).toBeUndefined();
  expect(() => credentialsFor("arn:aws:iam::123456789012:role/other", "a")).toThrow("There is no role");
});

/** A statement without the members that a test has taken away. */
const clean = (statements: Json[]): Json[] => JSON.parse(JSON.stringify(statements));
