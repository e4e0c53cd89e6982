import type { CallService, Principal } from "./aws/service.ts";

/** A message whose attributes are all of the type String. */
interface TextMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** The `X-Amzn-Trace-Id` that goes with it, as the system attribute `AWSTraceHeader`. */
  readonly traceHeader?: string | undefined;
}

/** Sends to a queue in the name of `principal`. @throws AwsError where it may not, or there is no such queue */
export type SendMessage = (queueArn: string, message: TextMessage, principal: Principal) => Promise<void>;

/** What services of AWS put in a queue for a template: dead letters and records of failures. */
export const createSendMessage =
  (callService: CallService): SendMessage =>
  async (queueArn, { body, attributes = {}, traceHeader }, principal) => {
    const [, , , , account, name] = queueArn.split(":");
    const values = Object.entries(attributes).map(([key, value]) => [key, { DataType: "String", StringValue: value }]);
    const message = {
      QueueUrl: `/${account}/${name}`,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(values),
    };
    await callService("sqs", "SendMessage", message, { principal, traceHeader });
  };
