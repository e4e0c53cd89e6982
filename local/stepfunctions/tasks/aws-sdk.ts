import type { CallService } from "../../aws/service.ts";
import type { Json, JsonObject } from "../../json.ts";
import { ExecutionError } from "../asl/errors.ts";
import type { Integration, TaskCall } from "../asl/integration.ts";
import { camelCase, pascalCase } from "./letter-case.ts";
import { type ErrorNames, namingErrors } from "./task-error.ts";

interface Service {
  /** In the SigV4 credential scope. */
  readonly signingName: string;
  readonly errors: ErrorNames;
  /** Whether the service's own JSON names are camelCase; the integration's are always PascalCase. */
  readonly camelCase?: true;
}

/**
 * Errors that every service may answer and that are in no model unless a service lists them, so that the SDK for
 * Java, from which Step Functions has its names, throws them as the service's base exception: a denied
 * `dynamodb:Query` is `DynamoDb.DynamoDbException`.
 */
const common = [
  ...["AccessDeniedException", "ExpiredTokenException", "IncompleteSignature", "InvalidSignatureException"],
  ...["MissingAuthenticationTokenException", "SerializationException", "UnknownOperationException"],
  ...["UnrecognizedClientException", "ThrottlingException", "ValidationException"],
];

const service = (signingName: string, prefix: string, modelledCommon: readonly string[]): Service => {
  const unmodelled = new Set(common.filter((name) => !modelledCommon.includes(name)));
  const errors = { prefix, unmodelled: `${prefix}Exception`, isModelled: (name: string) => !unmodelled.has(name) };
  return { signingName, errors };
};

/** By the name in the Resource. https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const services: Readonly<Record<string, Service>> = {
  dynamodb: service("dynamodb", "DynamoDb", ["ThrottlingException"]),
  eventbridge: service("events", "EventBridge", ["AccessDeniedException"]),
  sfn: { ...service("states", "Sfn", ["ValidationException"]), camelCase: true },
  sqs: service("sqs", "Sqs", []),
};

/** The names that stand after `aws-sdk:`. */
export const awsSdkServices = Object.keys(services);

/**
 * `arn:aws:states:::aws-sdk:dynamodb:query` and its like: any action of a service, its request and response in
 * PascalCase. https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 *
 * A call that says by its `TraceHeader` in which trace it is carries no header beside that, so that the definition
 * decides: StartSyncExecution prefers the header. Whether AWS's tasks send one then is not documented.
 * @returns undefined for a service that is not run here.
 */
export const awsSdk = (callService: CallService, name: string, action: string): Integration | undefined => {
  const service = services[name];
  if (!service) return undefined;
  const pascalAction = action.charAt(0).toUpperCase() + action.slice(1);
  return {
    events: "Task",
    resourceType: `aws-sdk:${name}`,
    resource: action,
    async run(args, call) {
      const input = objectOf(args);
      const output = await namingErrors(service.errors, () =>
        callService(
          service.signingName,
          pascalAction,
          service.camelCase ? (camelCase(input) as JsonObject) : input,
          "TraceHeader" in input ? { ...callContext(call), traceHeader: undefined } : callContext(call),
        ),
      );
      return service.camelCase ? pascalCase(output) : output;
    },
  };
};

/** As whom and in which trace a task calls a service. */
export const callContext = ({ roleArn, session, traceHeader, signal }: TaskCall) => ({
  principal: { kind: "role", roleArn, session } as const,
  traceHeader,
  signal,
});

/** A task's Arguments, which must be an object. @throws ExecutionError `States.Runtime` */
export const objectOf = (args: Json): JsonObject => {
  if (typeof args === "object" && args !== null && !Array.isArray(args)) return args;
  throw new ExecutionError(
    "States.Runtime",
    `The Arguments of the task must be an object, but were: ${JSON.stringify(args)}`,
  );
};
