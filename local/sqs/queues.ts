import { join } from "node:path";
import { AwsError } from "../aws/error.ts";
import type { AwsService } from "../aws/service.ts";
import type { Clock } from "../clock.ts";
import type { Identity, Resource } from "../cloudformation/resource-type.ts";
import type { PutMetric } from "../cloudwatch/metric.ts";
import { openDurableMap } from "../journal/durable-map.ts";
import type { JsonObject } from "../json.ts";
import { queueActions } from "./actions.ts";
import { requiredText } from "./errors.ts";
import { measuredQueue } from "./measured-queue.ts";
import type { Message } from "./message.ts";
import { permissionOf } from "./permissions.ts";
import { createQueue, type Queue } from "./queue.ts";
import type { QueueProperties } from "./resources.ts";

/** What the queues run with. */
export interface QueuesNeeds {
  /** The account and Region that the stack is in. */
  readonly place: Pick<Identity, "partition" | "region" | "account">;
  readonly queues: readonly Resource<QueueProperties>[];
  /** Where a journal is kept for each queue. */
  readonly directory: string;
  /** The origin of the URLs that are answered, for example `http://127.0.0.1:3000`. */
  endpoint(): string;
  /** A new UUID. */
  newId(): string;
  readonly clock: Clock;
  readonly putMetric: PutMetric;
}

/** The queues of a template. */
export interface Queues {
  readonly service: AwsService;
  /** Ends every long poll and closes the journals. */
  stop(): Promise<void>;
}

/** @throws Error naming the journal's file where one is damaged. */
export const createQueues = async (needs: QueuesNeeds): Promise<Queues> => {
  const { partition, region, account } = needs.place;
  const arnOf = (name: string) => `arn:${partition}:sqs:${region}:${account}:${name}`;
  const byName = new Map<string, Queue>();
  for (const resource of needs.queues) {
    const name = resource.attribute("QueueName");
    const journal = await openDurableMap<Message>(join(needs.directory, `${name}.journal`));
    const queue = createQueue({ ...needs, properties: resource.properties, journal });
    byName.set(name, measuredQueue(queue, name, needs));
  }

  const queueNamed = (name: string): Queue => {
    const queue = byName.get(name);
    if (queue) return queue;
    throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
  };
  const urlOf = (name: string) => `${needs.endpoint()}/${account}/${name}`;

  const call: AwsService["call"] = async (action, input, context) => {
    const onQueue = Object.hasOwn(queueActions, action) ? queueActions[action] : undefined;
    if (onQueue) {
      const name = queueNameOf(requiredText(input, "QueueUrl"), account);
      return onQueue({ queue: queueNamed(name), arn: arnOf(name) }, input, context);
    }
    if (action === "GetQueueUrl") {
      const name = requiredText(input, "QueueName");
      queueNamed(name);
      return { QueueUrl: urlOf(name) };
    }
    if (action === "ListQueues") {
      const prefix = String(input.QueueNamePrefix ?? "");
      const names = [...byName.keys()].filter((name) => name.startsWith(prefix));
      return names.length > 0 ? { QueueUrls: names.map(urlOf) } : {};
    }
    throw new AwsError("UnknownOperationException", `The local SQS does not have the action ${action}.`);
  };

  return {
    service: {
      signingName: "sqs",
      targetPrefix: "AmazonSQS",
      jsonVersion: "1.0",
      permissions: (action, input) => [permissionOf(action, arnOf(addressedName(input, account)))],
      call,
    },
    stop: async () => {
      await Promise.all([...byName.values()].map((queue) => queue.stop()));
    },
  };
};

/** Any origin will do, that of AWS from the template as ours: a queue is known by the path `/account/name`. */
const queueNameOf = (url: string, account: string): string => {
  const [name = "", owner] = url.split("/").reverse();
  if (owner === account) return name;
  throw new AwsError("InvalidAddress", `The address ${url} is not valid for this endpoint.`);
};

const addressedName = ({ QueueUrl, QueueName }: JsonObject, account: string): string =>
  typeof QueueUrl === "string" && QueueUrl.split("/").at(-2) === account
    ? QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1)
    : String(QueueName ?? "");
