import type { Clock } from "../clock.ts";
import type { Metric, PutMetric } from "../cloudwatch/metric.ts";
import type { Queue } from "./queue.ts";

interface Needs {
  readonly clock: Clock;
  readonly putMetric: PutMetric;
}

/** SQS looks each minute; this often, so that what has come is in the numbers of its own minute. */
const LOOK_EVERY_MS = 10_000;

/**
 * Measures a queue as SQS does, by the dimension QueueName: what is done with it, and how full it is. Unlike SQS, which
 * stops six hours after the last call, it goes on for as long as the runtime runs.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const measuredQueue = (queue: Queue, name: string, { clock, putMetric }: Needs): Queue => {
  const metric = (metricName: string, unit = "Count"): Metric => ({
    namespace: "AWS/SQS",
    name: metricName,
    dimensions: { QueueName: name },
    unit,
  });
  const sent = metric("NumberOfMessagesSent");
  const received = metric("NumberOfMessagesReceived");
  const deleted = metric("NumberOfMessagesDeleted");
  const emptyReceives = metric("NumberOfEmptyReceives");
  const visible = metric("ApproximateNumberOfMessagesVisible");
  const notVisible = metric("ApproximateNumberOfMessagesNotVisible");
  const delayed = metric("ApproximateNumberOfMessagesDelayed");

  let cancel = () => {};
  const look = () => {
    const counts = queue.counts();
    putMetric(visible, counts.waiting);
    putMetric(notVisible, counts.inFlight);
    putMetric(delayed, counts.delayed);
    cancel = clock.after(LOOK_EVERY_MS, look);
  };
  look();

  return {
    ...queue,
    async send(draft) {
      const id = await queue.send(draft);
      putMetric(sent, 1);
      return id;
    },
    async receive(...asked) {
      const messages = await queue.receive(...asked);
      if (messages.length > 0) putMetric(received, messages.length);
      else putMetric(emptyReceives, 1);
      return messages;
    },
    async delete(receiptHandle) {
      await queue.delete(receiptHandle);
      putMetric(deleted, 1);
    },
    async stop() {
      cancel();
      await queue.stop();
    },
  };
};
