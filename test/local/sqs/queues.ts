import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import type { PutMetric } from "../../../local/cloudwatch/metric.ts";
import type { JsonObject } from "../../../local/json.ts";
import { createQueues } from "../../../local/sqs/queues.ts";
import { resourceTypes } from "../../../local/sqs/resources.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { declared } from "../../support/declared.ts";
import { manualClock } from "../../support/manual-clock.ts";

export const ARN = "arn:aws:sqs:us-east-1:123456789012:jobs";
/** As the template knows it; the SDK in these tests sends it to another origin, as a function's does. */
export const URL_IN_TEMPLATE = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs";

export const directory = async () => {
  const made = await mkdtemp(join(tmpdir(), "sqs-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
};

interface Options {
  readonly properties?: JsonObject;
  readonly kept?: string | undefined;
  readonly putMetric?: PutMetric;
}

/** The queue `jobs`, and an unmodified SDK client that reaches it over HTTP. */
export const jobs = async ({ properties = {}, kept, putMetric = () => {} }: Options = {}) => {
  const clock = manualClock();
  let ids = 0;
  const queues = await createQueues({
    place: { partition: "aws", region: "us-east-1", account: "123456789012" },
    queues: [declared(resourceTypes["AWS::SQS::Queue"], "Jobs", { QueueName: "jobs", ...properties })],
    directory: kept ?? (await directory()),
    endpoint: () => "http://127.0.0.1:3000",
    newId: () => `id-${clock.now()}-${++ids}`,
    clock,
    putMetric,
  });
  const server = await serveJson(queues.service);
  onTestFinished(() => server.close());
  onTestFinished(() => queues.stop().catch(() => undefined));
  return { ...queues, clock, client: new SQSClient(server.client) };
};
