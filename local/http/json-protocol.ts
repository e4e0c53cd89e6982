import { AwsError } from "../aws/error.ts";
import type { AwsService, CallContext, CallService } from "../aws/service.ts";
import { isTooDeep, type JsonObject, MOST_LEVELS } from "../json.ts";

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Answers a call of the JSON protocol.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 * @param target the `X-Amz-Target` header: `DynamoDB_20120810.Query`.
 * @throws AwsError from the service, or for a target or body that is none of its.
 */
export const answerJson = async (
  service: AwsService,
  target: string | undefined,
  body: Uint8Array,
  needs: { readonly call: CallService; readonly context: CallContext },
): Promise<Answer> => {
  const [prefix, action, more] = (target ?? "").split(".");
  if (prefix !== service.targetPrefix || !action || more !== undefined)
    throw new AwsError(
      "UnknownOperationException",
      `${service.signingName} has no operation ${target ?? "without X-Amz-Target"}`,
      404,
    );
  const output = await needs.call(service.signingName, action, readInput(body), needs.context);
  return { status: 200, headers: { "content-type": contentType(service) }, body: JSON.stringify(output) };
};

/**
 * An error as the JSON protocol has it. The JSON services answer a refusal with 400, where those with a REST API
 * answer 403: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export const jsonError = (error: AwsError, service: AwsService): Answer => ({
  status: error.status === 403 ? 400 : error.status,
  headers: { "content-type": contentType(service) },
  body: JSON.stringify({ __type: error.name, message: error.message }),
});

/** An error as services with a REST API have it: its name is in a header. */
export const restError = (error: AwsError): Answer => ({
  status: error.status,
  headers: { "content-type": "application/json", "x-amzn-errortype": error.name },
  body: JSON.stringify({ message: error.message }),
});

const contentType = ({ jsonVersion }: AwsService) => `application/x-amz-json-${jsonVersion}`;

const readInput = (body: Uint8Array): JsonObject => {
  const invalid = () => new AwsError("SerializationException", "The body is not a JSON object");
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  } catch {
    throw invalid();
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) throw invalid();
  if (isTooDeep(input, body))
    throw new AwsError("SerializationException", `The body nests more than ${MOST_LEVELS} levels`);
  return input as JsonObject;
};
