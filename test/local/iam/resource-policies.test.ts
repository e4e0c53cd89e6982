import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../local/json.ts";
import {
  answer,
  asService,
  asWorker,
  functionArn,
  iamOf,
  queueArn,
  queuePolicy,
  roleArn,
  statement,
  worker,
} from "./iam-builder.ts";

test.each<[string, Json, boolean]>([
  [
    "a service that is named, for the source that is named",
    {
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:us-east-1:123456789012:rule/*" } },
    },
    true,
  ],
  [
    "a service that is named, for another source",
    {
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:us-east-1:123456789012:other" } },
    },
    false,
  ],
  [
    "a service of another account",
    {
      Principal: { Service: "events.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } },
    },
    false,
  ],
  ["another service", { Principal: { Service: "sns.amazonaws.com" } }, false],
  ["a role", { Principal: { AWS: roleArn } }, false],
  ["everybody", { Principal: "*" }, true],
])("a queue's policy that allows %s lets EventBridge send: %s", (_name, fields, allowed) => {
  const iam = iamOf({
    Policy: queuePolicy(statement({ Action: "sqs:SendMessage", Resource: queueArn, ...(fields as JsonObject) })),
  });
  const events = asService("events.amazonaws.com", "arn:aws:events:us-east-1:123456789012:rule/bus/rule");
  const refusal = `User: events.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queueArn} because no resource-based policy allows the sqs:SendMessage action`;
  expect(answer(iam, events, "sqs:SendMessage", queueArn)).toBe(allowed ? "allowed" : refusal);
});

test.each<[string, JsonObject, string]>([
  ["names the role", { Principal: { AWS: roleArn } }, "allowed"],
  ["names the session", { Principal: { AWS: "arn:aws:sts::123456789012:assumed-role/worker/job" } }, "allowed"],
  [
    "names the account, which leaves it to the role's policies",
    { Principal: { AWS: "123456789012" } },
    "because no identity",
  ],
  [
    "denies the account",
    { Effect: "Deny", Principal: { AWS: "arn:aws:iam::123456789012:root" } },
    "with an explicit deny in a resource-based policy",
  ],
  [
    "denies those without TLS, which stands for nobody here",
    { Effect: "Deny", Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    "because no identity",
  ],
])("a queue's policy that %s", (_name, fields, result) => {
  const iam = iamOf({ Policy: queuePolicy(statement(fields)), Worker: worker([]) });
  expect(answer(iam, asWorker, "sqs:SendMessage", queueArn)).toContain(result);
});

test("API Gateway invokes a function by its permission, for the routes that it names", () => {
  const Properties = {
    Action: "lambda:InvokeFunction",
    FunctionName: "greet",
    Principal: "apigateway.amazonaws.com",
    SourceArn: "arn:aws:execute-api:us-east-1:123456789012:api1/*$connect",
  };
  const iam = iamOf({ Permission: { Type: "AWS::Lambda::Permission", Properties } });
  const from = (path: string) =>
    answer(
      iam,
      asService("apigateway.amazonaws.com", `arn:aws:execute-api:us-east-1:123456789012:${path}`),
      "lambda:InvokeFunction",
      functionArn,
    );
  expect(from("api1/dev/$connect")).toBe("allowed");
  expect(from("api1/dev/$disconnect")).toContain("is not authorized");
  expect(from("api2/dev/$connect")).toContain("is not authorized");
});

test("a bus's policy allows a role to put events", () => {
  const Bus = {
    Type: "AWS::Events::EventBusPolicy",
    Properties: {
      EventBusName: "bus",
      StatementId: "s",
      Statement: statement({ Action: "events:PutEvents", Principal: { AWS: roleArn } }),
    },
  };
  const iam = iamOf({ Bus, Worker: worker([]) });
  expect(answer(iam, asWorker, "events:PutEvents", "arn:aws:events:us-east-1:123456789012:event-bus/bus")).toBe(
    "allowed",
  );
  expect(answer(iam, asWorker, "events:PutEvents", "arn:aws:events:us-east-1:123456789012:event-bus/other")).not.toBe(
    "allowed",
  );
});
