// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${…} is a policy variable, IAM's own
import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import { document, iamOf, queuePolicy, statement, worker } from "./iam-builder.ts";

const policy = (properties: JsonObject): JsonObject => ({
  Type: "AWS::IAM::Policy",
  Properties: { PolicyName: "p", Roles: ["worker"], PolicyDocument: document(statement({})), ...properties },
});
const at = "Worker (AWS::IAM::Role): Properties.Policies.0.PolicyDocument.Statement.0";

test.each<[string, JsonObject, string]>([
  [
    "an unknown condition operator",
    { Worker: worker([statement({ Condition: { DateLessThan: { "aws:SourceArn": "x" } } })]) },
    `${at}.Condition.DateLessThan: the condition operator DateLessThan is not evaluated here`,
  ],
  [
    "a condition key that no request has",
    { Worker: worker([statement({ Condition: { IpAddress: {}, StringEquals: { "aws:SourceIp": "x" } } })]) },
    "no request here has aws:SourceIp; there are aws:PrincipalAccount",
  ],
  [
    "a policy variable",
    { Worker: worker([statement({ Resource: "arn:aws:s3:::${aws:username}" })]) },
    "holds a policy variable, which is not evaluated here",
  ],
  [
    "both Action and NotAction",
    { Worker: worker([statement({ NotAction: "a:b" })]) },
    `${at}: has to name either Action or NotAction`,
  ],
  [
    "neither Resource nor NotResource",
    { Worker: worker([{ Effect: "Allow", Action: "*" }]) },
    `${at}: has to name either Resource or NotResource`,
  ],
  [
    "a principal in a role's own policy",
    { Worker: worker([statement({ Principal: "*" })]) },
    `${at}.Principal: is not understood here`,
  ],
  [
    "a queue's policy without a principal",
    { Policy: queuePolicy(statement({})) },
    "Policy (AWS::SQS::QueuePolicy): Properties.PolicyDocument.Statement.0.Principal: is missing",
  ],
  [
    "NotPrincipal",
    { Policy: queuePolicy(statement({ Principal: "*", NotPrincipal: "*" })) },
    "Statement.0.NotPrincipal: is not understood here",
  ],
  [
    "a permissions boundary",
    { Worker: worker([], { PermissionsBoundary: "arn:aws:iam::1:policy/b" }) },
    "Worker (AWS::IAM::Role): Properties.PermissionsBoundary: is not understood here",
  ],
  [
    "a policy of AWS that is not known",
    { Worker: worker([], { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }) },
    "what arn:aws:iam::aws:policy/AdministratorAccess allows is not known here; known are service-role/AWSLambdaBasicExecutionRole",
  ],
  [
    "a policy that is not in the template",
    { Worker: worker([], { ManagedPolicyArns: ["arn:aws:iam::123456789012:policy/p"] }) },
    "Worker (AWS::IAM::Role): Properties.ManagedPolicyArns: there is no policy arn:aws:iam::123456789012:policy/p in the template",
  ],
  [
    "a role that is not in the template",
    { Policy: policy({}) },
    "Policy (AWS::IAM::Policy): Properties.Roles: there is no role worker in the template",
  ],
  [
    "a policy of users",
    { Worker: worker([]), Policy: policy({ Users: ["ann"] }) },
    "Policy (AWS::IAM::Policy): Properties.Users: is not understood here",
  ],
  [
    "a permission for a function URL",
    {
      Permission: {
        Type: "AWS::Lambda::Permission",
        Properties: {
          Action: "lambda:InvokeFunctionUrl",
          FunctionName: "f",
          Principal: "*",
          FunctionUrlAuthType: "NONE",
        },
      },
    },
    "Properties.FunctionUrlAuthType: is not understood here",
  ],
])("%s is refused by name", (_name, resources, message) => {
  expect(() => iamOf(resources)).toThrow(message);
});
