import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { onTestFinished } from "vitest";
import { createLogs } from "../../../local/logs/logs.ts";
import { logGroup, queryDefinition } from "../../../local/logs/resources.ts";
import type { RecordEntry } from "../../../local/record/record.ts";
import { serveJson } from "../../support/aws-json-server.ts";
import { declared } from "../../support/declared.ts";
import { manualClock } from "../../support/manual-clock.ts";

/**
 * The groups `publish` (kept for a day) and `/aws/lambda/join`, and the unmodified SDK's client that reads them.
 * @param recorded the lines that were recorded before the start, the newest first
 */
export const readLogs = async (recorded: readonly Omit<RecordEntry, "id" | "kind">[] = []) => {
  const clock = manualClock();
  const logs = createLogs({
    groups: [
      declared(logGroup, "Publish", { LogGroupName: "publish", RetentionInDays: 1 }),
      declared(logGroup, "Fanout", { LogGroupName: "fanout" }),
    ],
    queries: [
      declared(queryDefinition, "Slowest", {
        Name: "shop/slowest",
        QueryString: "fields @timestamp | limit 20",
        LogGroupNames: ["publish"],
      }),
    ],
    place: { partition: "aws", region: "us-east-1", account: "123456789012" },
    clock,
    log: () => {},
    speaker: () => undefined,
    takeMetrics: () => {},
    recorded: async () => recorded.map((line, index) => ({ ...line, id: recorded.length - index, kind: "log" })),
  });
  const server = await serveJson(logs.service);
  const client = new CloudWatchLogsClient(server.client);
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return {
    ...logs,
    client,
    clock,
    start: clock.now(),
    /** Writes lines to `publish`, a second apart. */
    say: async (lines: readonly string[], stream = "one") => {
      for (const line of lines) {
        logs.write("publish", line, "function", stream);
        await clock.advance(1000);
      }
    },
  };
};
