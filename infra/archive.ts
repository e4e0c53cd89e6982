import { Duration, Stack } from "aws-cdk-lib";
import { Archive, type EventBus } from "aws-cdk-lib/aws-events";
import type { Construct } from "constructs";
import { EVENT_SOURCE, MESSAGE_POSTED } from "../functions/contracts/events.ts";
import type { Config } from "./config.ts";

/**
 * Keeps posted messages on the bus for `archiveDays`, to be replayed, but not longer than the history keeps them.
 * Receipts and news of who is there are left out: a replay makes its own receipts, and old news is none.
 */
export const archive = (
  scope: Construct,
  bus: EventBus,
  { archiveDays, retentionDays }: Config,
): Archive | undefined =>
  archiveDays === 0
    ? undefined // To EventBridge 0 would mean for ever.
    : new Archive(scope, "archive", {
        archiveName: `${Stack.of(scope).node.id}-messages`,
        description: "Posted messages, to be replayed.",
        sourceEventBus: bus,
        eventPattern: { source: [EVENT_SOURCE], detailType: [MESSAGE_POSTED] },
        retention: Duration.days(Math.min(archiveDays, retentionDays)),
      });
