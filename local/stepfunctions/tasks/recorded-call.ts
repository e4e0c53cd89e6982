import type { Json, JsonObject } from "../../json.ts";
import { closing } from "../asl/closing.ts";
import type { Integration } from "../asl/integration.ts";

/** Names of services as the X-Ray SDKs write them, by the first part of an integration's name. */
const names: Readonly<Record<string, string>> = {
  lambda: "Lambda",
  dynamodb: "DynamoDB",
  eventbridge: "EventBridge",
  events: "EventBridge",
  sfn: "SFN",
  sqs: "SQS",
};

/** Fields of `aws` that name what a call is about, by the argument they are from. */
const subjects: Readonly<Record<string, string>> = {
  TableName: "table_name",
  FunctionName: "function_name",
  QueueUrl: "queue_url",
  StateMachineArn: "state_machine_arn",
};

/**
 * The same integration, which in a recorded execution has a subsegment for each call, retries among them: the called
 * service's segments stand below it. That a service integration is seen in a trace is documented, its form is not: it
 * is that of the X-Ray SDKs' subsegments. The response's status is left out, since a task's error does not tell it.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html#api-segmentdocuments-aws
 */
export const recordingCalls = (integration: Integration): Integration => ({
  ...integration,
  run(args, call) {
    if (!call.recording) return integration.run(args, call);
    const { name, aws } = calledService(integration, args);
    const recording = call.recording.open(name, { namespace: "aws", aws });
    return closing(recording, integration.run(args, { ...call, traceHeader: recording.header }));
  },
});

/** The service that a task calls, and the `aws` block of its subsegment. */
const calledService = ({ events, resourceType, resource }: Integration, args: Json) => {
  // The Resource of a function's own task is its ARN.
  if (events === "LambdaFunction") return { name: "Lambda", aws: { operation: "Invoke", function_name: resource } };
  const service = resourceType.replace("aws-sdk:", "");
  const operation = resource.charAt(0).toUpperCase() + resource.slice(1);
  return { name: names[service] ?? service, aws: { operation, ...subjectsOf(args) } };
};

const subjectsOf = (args: Json): JsonObject =>
  Object.fromEntries(
    Object.entries(args ?? {}).flatMap(([name, value]) => {
      const field = Object.hasOwn(subjects, name) && subjects[name];
      return field && typeof value === "string" ? [[field, value]] : [];
    }),
  );
