import { Agent, request } from "node:http";
import { urlToHttpOptions } from "node:url";
import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";

/** Sends one action to a DynamoDB. @throws AwsError as that DynamoDB answered it, or what the connection failed with */
export type SendAction = (action: string, input: JsonObject) => Promise<JsonObject>;

const answerOf = (text: string, status: number): JsonObject => {
  try {
    return JSON.parse(text || "{}");
  } catch {
    throw new AwsError("InternalServerError", `it answered ${status} and no JSON`, status);
  }
};

/**
 * Speaks DynamoDB's HTTP protocol to a server on this machine over connections that stay open.
 * The runtime has checked the caller's signature and permissions before; this server only wants to see some signature.
 * No request is ever broken off: dynalite ends itself when one is.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export const createDynamoDbHttp = (endpoint: string, region: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const server = urlToHttpOptions(new URL(endpoint));
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    // DynamoDB Local keeps its tables by access key and Region unless it runs with -sharedDb.
    authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
    "x-amz-date": "20260101T000000Z",
  };
  const exchange = (target: string, body: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request({
        ...server,
        method: "POST",
        agent,
        headers: { ...headers, "x-amz-target": target, "content-length": Buffer.byteLength(body) },
      });
      sent.on("error", reject);
      sent.on("response", (response) => {
        // `for await` over a response takes a seventh of the whole exchange's processor time.
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        response.on("error", reject);
      });
      sent.end(body);
    });

  const send: SendAction = async (action, input) => {
    const { status, text } = await exchange(`DynamoDB_20120810.${action}`, JSON.stringify(input));
    const answer = answerOf(text, status);
    if (status === 200) return answer;
    // `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`; the sentence is under either spelling.
    const name = String(answer.__type ?? "InternalServerError").replace(/^.*#/, "");
    throw new AwsError(name, String(answer.message ?? answer.Message ?? ""), status);
  };
  return { send, close: () => agent.destroy() };
};
