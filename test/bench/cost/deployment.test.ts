import { App } from "aws-cdk-lib";
import { expect, test } from "vitest";
import * as deployment from "../../../bench/cost/deployment.ts";
import { METRICS } from "../../../functions/contracts/metrics.ts";
import { readConfig } from "../../../infra/config.ts";
import { definitionOf } from "../../../infra/definition.ts";
import { templateWith } from "../../infra/app-with.ts";

const states = (name: "room-fanout" | "room-segment") => JSON.parse(definitionOf(name)).States;

test("what is paid for is what the configuration says by default", () => {
  expect(readConfig(new App())).toMatchObject({
    fanoutWidth: deployment.FANOUT_WIDTH,
    framesPerSecond: deployment.FRAMES_PER_SECOND,
    roomRecipientsPerSecond: deployment.ROOM_RECIPIENTS_PER_SECOND,
    roomMessagesPerSecond: deployment.ROOM_MESSAGES_PER_SECOND,
    connectsPerSecond: deployment.CONNECTS_PER_SECOND,
    presenceMembers: deployment.PRESENCE_MEMBERS,
    retentionDays: deployment.RETENTION_DAYS,
    tracedPercent: deployment.TRACED_PERCENT,
  });
});

test("pages, segments and Maps are those of the state machines", () => {
  const [root, segment] = [states("room-fanout"), states("room-segment")];
  expect(root["Query a page"].Arguments.Limit).toBe(deployment.FIRST_PAGE);
  expect(segment["Query a page"].Arguments.Limit).toBe(deployment.PAGE);
  expect(root["Divide the room"].Output).toContain(`$ceil($members / ${deployment.SEGMENT})`);
  expect(segment.Begin.Assign.readUntil).toContain(`$millis() + ${deployment.READING_MS}`);
  expect(segment["Post to each"].MaxConcurrency).toBe(deployment.MAP_WIDTH);
});

test("metrics that are paid for are those that there are", () => {
  expect(Object.keys(METRICS)).toHaveLength(deployment.METRICS);
});

test("functions have the memory that is paid for", () => {
  const memory = Object.fromEntries(
    templateWith()
      .ofType("AWS::Lambda::Function")
      .map(({ Properties }) => [Properties.Handler, Properties.MemorySize]),
  );
  expect(memory).toMatchObject({
    "post.handler": deployment.MEMORY_MB.post,
    "publish.handler": deployment.MEMORY_MB.publish,
    "receipts.handler": deployment.MEMORY_MB.receipts,
    "ping.handler": deployment.MEMORY_MB.route,
    "join.handler": deployment.MEMORY_MB.route,
    "roster.handler": deployment.MEMORY_MB.route,
  });
});
