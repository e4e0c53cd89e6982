import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** How long a letter is hidden for at a time: longer than an execution of `room-segment` may take, which is 55 s. */
const HIDDEN_SECONDS = 120;

interface Visit {
  /** Letters that are received, and so hidden, at once. */
  readonly atOnce: number;
  /** How long nothing has to come until that is the end of the queue. */
  readonly waitSeconds: number;
  /** Asked before each receive: whether enough was seen. */
  readonly until?: () => boolean;
}

/**
 * Shows each message of a queue once. SQS has no way to look without receiving, so all are hidden meanwhile; those that
 * are kept are shown again at the end, however that comes.
 * @param see says what becomes of the message; `hideLonger` begins its two minutes anew
 */
export const visit = async (
  sqs: SQSClient,
  QueueUrl: string,
  { atOnce, waitSeconds, until = () => false }: Visit,
  see: (message: Message, hideLonger: () => Promise<void>) => Promise<"keep" | "delete">,
): Promise<void> => {
  const kept = new Map<string, string>();
  const hideFor = async (ReceiptHandle: string, VisibilityTimeout: number) => {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
  const receive = async (): Promise<Message[]> => {
    if (until()) return [];
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: atOnce,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: waitSeconds,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    return Messages;
  };
  try {
    for (let messages = await receive(); messages.length > 0; messages = await receive())
      for (const message of messages) {
        const { MessageId = "", ReceiptHandle = "" } = message;
        // Its two minutes were over before the end of a long queue: seen it was.
        const seen = kept.has(MessageId);
        kept.set(MessageId, ReceiptHandle);
        if (seen) continue;
        if ((await see(message, () => hideFor(ReceiptHandle, HIDDEN_SECONDS))) === "keep") continue;
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        kept.delete(MessageId);
      }
  } finally {
    // Where one cannot be shown again now, its two minutes will do it.
    await Promise.allSettled([...kept.values()].map((handle) => hideFor(handle, 0)));
  }
};
