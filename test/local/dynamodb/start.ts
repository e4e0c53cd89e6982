import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { type Clock, systemClock } from "../../../local/clock.ts";
import type { Resource } from "../../../local/cloudformation/resource-type.ts";
import type { PutMetric } from "../../../local/cloudwatch/metric.ts";
import type { TableProperties } from "../../../local/dynamodb/resources.ts";
import { createTables } from "../../../local/dynamodb/tables.ts";
import { createFaults, noFaults } from "../../../local/faults/faults.ts";
import { readFaultPlan } from "../../../local/faults/plan.ts";
import type { LogEntry } from "../../../local/log.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { books } from "./books.ts";

/** An empty folder that is removed when the test is over. */
export const emptyFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "dynamodb-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

interface Start {
  readonly directory?: string;
  readonly tables?: readonly Resource<TableProperties>[];
  readonly endpoint?: string;
  readonly clock?: Clock;
  /** What goes wrong on purpose, as `--faults` takes it. */
  readonly faults?: string;
  readonly putMetric?: PutMetric;
}

/** Starts tables that are stopped when the test is over, with the unmodified SDK's client for them. */
export const start = async ({
  directory,
  tables = [books()],
  endpoint,
  clock = systemClock,
  faults,
  putMetric = () => {},
}: Start = {}) => {
  const logged: LogEntry[] = [];
  const running = await createTables({
    tables,
    directory: directory ?? (await emptyFolder()),
    endpoint,
    region: "us-east-1",
    account: "123456789012",
    clock,
    faults: faults ? createFaults(readFaultPlan(faults)) : noFaults,
    log: (entry) => logged.push(entry),
    putMetric,
  });
  const server = await serveJson(running.service);
  const client = new DynamoDBClient(server.client);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    client.destroy();
    stopped ??= server.close().then(running.stop);
    return stopped;
  };
  onTestFinished(stop);
  return { ...running, stop, client, endpoint: server.client.endpoint, logged };
};
