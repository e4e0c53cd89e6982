import * as v from "valibot";
import type { Json } from "../../json.ts";
import type { InvokeFunction, InvokeResult } from "../../lambda/invoke.ts";
import { ExecutionError } from "../asl/errors.ts";
import type { Integration, TaskCall } from "../asl/integration.ts";
import { responseMetadata } from "./metadata.ts";
import { type ErrorNames, namingErrors } from "./task-error.ts";

/** Fields of `lambda:invoke` that are run here; asynchronous invocations and client contexts are not. */
export const lambdaInvokeFields = ["FunctionName", "Payload", "InvocationType"];

const invokeArguments = v.strictObject({
  FunctionName: v.string(),
  Payload: v.optional(v.custom<Json>((value) => value !== undefined)),
  InvocationType: v.optional(v.literal("RequestResponse")),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const modelled = new Set([
  ...["InvalidParameterValueException", "InvalidRequestContentException", "InvalidRuntimeException"],
  ...[
    "RequestTooLargeException",
    "ResourceConflictException",
    "ResourceNotFoundException",
    "ResourceNotReadyException",
  ],
  ...["ServiceException", "TooManyRequestsException", "UnsupportedMediaTypeException"],
]);

/** Lambda's integrations are older than the others' and say AWSLambdaException where those say LambdaException. */
const errorNames: ErrorNames = {
  prefix: "Lambda",
  unmodelled: "AWSLambdaException",
  isModelled: (name) => modelled.has(name),
};

/** `arn:aws:states:::lambda:invoke`. https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const lambdaInvoke = (invoke: InvokeFunction): Integration => ({
  events: "Task",
  resourceType: "lambda",
  resource: "invoke",
  async run(args, call) {
    const parsed = v.safeParse(invokeArguments, args);
    if (!parsed.success)
      throw new ExecutionError(
        "States.Runtime",
        `The Arguments of lambda:invoke are not valid: ${v.summarize(parsed.issues)}`,
      );
    const { FunctionName, Payload = {} } = parsed.output;
    const result = await invoked(invoke, FunctionName, Payload, call);
    const headers = {
      "Content-Length": String(Buffer.byteLength(result.payload)),
      "Content-Type": "application/json",
      "X-Amz-Executed-Version": "$LATEST",
    };
    return {
      ExecutedVersion: "$LATEST",
      Payload: payloadOf(result),
      ...responseMetadata(result.requestId, headers),
      StatusCode: 200,
    };
  },
});

/** A function's ARN as the Resource: the function's answer is the task's result. */
export const lambdaFunction = (invoke: InvokeFunction, functionArn: string): Integration => ({
  events: "LambdaFunction",
  resourceType: "lambda",
  resource: functionArn,
  run: async (args, call) => payloadOf(await invoked(invoke, functionArn, args, call)),
});

const invoked = async (
  invoke: InvokeFunction,
  functionName: string,
  payload: Json,
  { roleArn, session, traceHeader, signal }: TaskCall,
): Promise<InvokeResult> => {
  const result = await namingErrors(errorNames, () =>
    invoke({
      functionName,
      payload: JSON.stringify(payload),
      principal: { kind: "role", roleArn, session },
      traceHeader,
      signal,
    }),
  );
  if (result.functionError) throw functionError(result.payload);
  return result;
};

/** A function that answers nothing answers null; one that answers with a Buffer's or other text answers a string. */
const payloadOf = ({ payload }: InvokeResult): Json => {
  if (payload === "") return null;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
};

/** The error is named as the function named it, and `Lambda.Unknown` where it did not say. */
const functionError = (payload: string): ExecutionError => {
  try {
    const { errorType } = JSON.parse(payload) as { errorType?: unknown };
    if (typeof errorType === "string") return new ExecutionError(errorType, payload);
  } catch {
    // Not JSON: it names no error type either.
  }
  return new ExecutionError(
    "Lambda.Unknown",
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
};
