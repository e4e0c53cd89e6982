import * as v from "valibot";
import type { Permission, Principal } from "../../../local/aws/service.ts";
import type { ResourceType } from "../../../local/cloudformation/resource-type.ts";
import { loadStack } from "../../../local/cloudformation/stack.ts";
import { type Answered, createIam } from "../../../local/iam/iam.ts";
import { resourceTypes } from "../../../local/iam/resources.ts";
import type { Json, JsonObject } from "../../../local/json.ts";

const account = "123456789012";
export const roleArn = `arn:aws:iam::${account}:role/worker`;
export const queueArn = `arn:aws:sqs:us-east-1:${account}:letters`;
export const functionArn = `arn:aws:lambda:us-east-1:${account}:function:greet`;

const anyProperties: ResourceType = {
  properties: v.record(v.string(), v.unknown()),
  ref: ({ generatedName }) => generatedName,
  attributes: {},
};

/** A statement that allows everything but for what is given. */
export const statement = (fields: JsonObject): JsonObject => ({
  Effect: "Allow",
  Action: "*",
  Resource: "*",
  ...fields,
});
export const document = (...Statement: Json[]): JsonObject => ({ Version: "2012-10-17", Statement });
export const trusting = (service: string, more: JsonObject = {}): JsonObject =>
  document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service }, ...more });

/** The role `worker` with the given statements in an inline policy. */
export const worker = (statements: Json[], more: JsonObject = {}): JsonObject => ({
  Type: "AWS::IAM::Role",
  Properties: {
    RoleName: "worker",
    AssumeRolePolicyDocument: trusting("lambda.amazonaws.com"),
    Policies: [{ PolicyName: "inline", PolicyDocument: document(...statements) }],
    ...more,
  },
});

/** The policy of the queue `letters`. */
export const queuePolicy = (...statements: Json[]): JsonObject => ({
  Type: "AWS::SQS::QueuePolicy",
  Properties: {
    Queues: [`https://sqs.us-east-1.amazonaws.com/${account}/letters`],
    PolicyDocument: document(...statements),
  },
});

/** IAM of a template with these resources. @param onAnswer hears every answer. */
export const iamOf = (Resources: JsonObject, onAnswer: (answered: Answered) => void = () => {}) =>
  createIam({
    stack: loadStack({
      template: { Resources },
      assets: undefined,
      assemblyDirectory: "/",
      region: "us-east-1",
      account,
      stackName: "Demo",
      types: { ...resourceTypes, "AWS::SQS::QueuePolicy": anyProperties, "AWS::Events::EventBusPolicy": anyProperties },
    }),
    region: "us-east-1",
    account,
    operator: { accessKeyId: "operator", secretAccessKey: "secret" },
    onAnswer,
  });

export const asWorker: Principal = { kind: "role", roleArn, session: "job" };
export const asService = (name: string, sourceArn: string): Principal => ({ kind: "service", name, sourceArn });

/** What IAM answers: `allowed`, or the refusal's message. */
export const answer = (
  iam: ReturnType<typeof iamOf>,
  principal: Principal,
  action: string,
  resource: string,
  conditions: NonNullable<Permission["conditions"]> = {},
): string => {
  try {
    iam.authorize(principal, [{ action, resource, conditions }]);
  } catch (error) {
    return (error as Error).message;
  }
  return "allowed";
};
