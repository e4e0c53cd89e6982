import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Overview } from "../../contract.ts";

/**
 * How many letters are in each of the stack's queues, those too that somebody is reading.
 * @param outputs the stack's: each queue's URL is one, named as the queue with `QueueUrl` behind
 */
export const readDeadLetterCounts = (
  client: SQSClient,
  outputs: Readonly<Record<string, string>>,
): Promise<Overview["deadLetters"]> =>
  Promise.all(
    Object.entries(outputs)
      .filter(([name]) => name.endsWith(SUFFIX))
      .map(async ([name, QueueUrl]) => {
        const { Attributes = {} } = await client.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
        );
        const visible = Number(Attributes.ApproximateNumberOfMessages ?? 0);
        return { queue: nameOf(name), count: visible + Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0) };
      }),
  );

const SUFFIX = "QueueUrl";

/** `not-started` for `NotStartedQueueUrl`, as redrive names it. */
const nameOf = (output: string): string =>
  output
    .slice(0, -SUFFIX.length)
    .replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
