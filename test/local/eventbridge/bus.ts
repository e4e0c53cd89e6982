import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import type { PutMetric } from "../../../local/cloudwatch/metric.ts";
import { archiveType } from "../../../local/eventbridge/archive/resource.ts";
import type { DeliveryTarget } from "../../../local/eventbridge/deliveries.ts";
import { createEventBuses } from "../../../local/eventbridge/event-buses.ts";
import { resourceTypes } from "../../../local/eventbridge/resources.ts";
import { createFaults, noFaults } from "../../../local/faults/faults.ts";
import { readFaultPlan } from "../../../local/faults/plan.ts";
import type { JsonObject } from "../../../local/json.ts";
import type { LogEntry } from "../../../local/log.ts";
import { declared } from "../../support/declared.ts";
import { manualClock } from "../../support/manual-clock.ts";

export const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:work";
export const ORDERS = "arn:aws:events:us-east-1:123456789012:event-bus/orders";
export const TRACE = "Root=1-67f4141f-e1cd7672871da115129f8b19;Parent=d0ee9531727135a0;Sampled=1";
export const DEAD_LETTERS = "arn:aws:sqs:us-east-1:123456789012:dead";

interface Options {
  readonly putMetric?: PutMetric;
  /** A directory that is already there, for what comes after a restart. */
  readonly directory?: string;
  readonly pattern?: JsonObject;
  readonly rule?: JsonObject;
  readonly target?: JsonObject;
  readonly targets?: JsonObject[];
  /** Further rules on the bus, by name. */
  readonly rules?: Readonly<Record<string, JsonObject>>;
  /** An archive of the bus, named `all`. */
  readonly archive?: JsonObject;
  /** Fails a delivery by throwing or rejecting; `attempt` counts from 1. */
  readonly deliver?: (attempt: number, target: DeliveryTarget) => void | Promise<void>;
  readonly sendDeadLetter?: () => Promise<void>;
  /** A plan such as `bus.duplicate=#1`. */
  readonly faults?: string;
}

interface DeadLetter {
  readonly queueArn: string;
  readonly body: JsonObject;
  readonly attributes: Record<string, string>;
  readonly ruleArn: string;
  readonly trace: string | undefined;
}

export const directory = async () => {
  const made = await mkdtemp(join(tmpdir(), "bus-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
};

/** The bus `orders` with one rule for the source `shop`, and a record of what happened around it. */
export const bus = async (options: Options = {}) => {
  const clock = manualClock();
  const delivered: { target: DeliveryTarget; input: JsonObject; trace: string | undefined }[] = [];
  const deadLetters: DeadLetter[] = [];
  const inputs: string[] = [];
  const attempts: number[] = [];
  const logged: LogEntry[] = [];
  let ids = 0;
  const buses = await createEventBuses({
    place: { partition: "aws", region: "us-east-1", account: "123456789012" },
    buses: [declared(resourceTypes["AWS::Events::EventBus"], "Bus", { Name: "orders" })],
    rules: [
      declared(resourceTypes["AWS::Events::Rule"], "Rule", {
        Name: "to-work",
        EventBusName: "orders",
        EventPattern: options.pattern ?? { source: ["shop"] },
        Targets: options.targets ?? [{ Id: "work", Arn: MACHINE, ...options.target }],
        ...options.rule,
      }),
      ...Object.entries(options.rules ?? {}).map(([Name, properties]) =>
        declared(resourceTypes["AWS::Events::Rule"], Name, { Name, EventBusName: "orders", ...properties }),
      ),
    ],
    archives: options.archive
      ? [declared(archiveType, "Archive", { ArchiveName: "all", SourceArn: ORDERS, ...options.archive })]
      : [],
    directory: options.directory ?? (await directory()),
    deliver: async (target, input, trace) => {
      attempts.push(clock.now());
      await options.deliver?.(attempts.length, target);
      inputs.push(input);
      delivered.push({ target, input: JSON.parse(input), trace });
    },
    sendDeadLetter: async (queueArn, { body, attributes, traceHeader: trace }, ruleArn) => {
      await options.sendDeadLetter?.();
      deadLetters.push({ queueArn, body: JSON.parse(body), attributes, ruleArn, trace });
    },
    clock,
    random: () => 1,
    putMetric: options.putMetric ?? (() => {}),
    faults: options.faults ? createFaults(readFaultPlan(options.faults)) : noFaults,
    newId: () => `event-${++ids}`,
    log: (entry) => logged.push(entry),
  });
  onTestFinished(() => buses.stop().catch(() => undefined));

  const put = (...entries: JsonObject[]) =>
    buses.service.call("PutEvents", { Entries: entries }, { principal: { kind: "operator" } });
  return { ...buses, put, clock, delivered, inputs, deadLetters, attempts, logged };
};

export const entry = (fields: JsonObject = {}): JsonObject => ({
  EventBusName: "orders",
  Source: "shop",
  DetailType: "Ordered",
  Detail: '{"order": 1}',
  ...fields,
});

export const failing = (name: string) => (): never => {
  throw new AwsError(name, `${name} it is`);
};
