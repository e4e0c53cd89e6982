import * as v from "valibot";
import { expect, test } from "vitest";
import type { Identity, Resource } from "../../../local/cloudformation/resource-type.ts";
import type { LogEntry } from "../../../local/log.ts";
import { createLogs } from "../../../local/logs/logs.ts";
import { type LogGroupProperties, resourceTypes } from "../../../local/logs/resources.ts";
import { manualClock } from "../../support/manual-clock.ts";

const type = resourceTypes["AWS::Logs::LogGroup"]!;
const logGroup = (name: string, properties: object = {}): Resource<LogGroupProperties> => {
  const given = { LogGroupName: name, RetentionInDays: 30, ...properties };
  const identity: Identity = {
    logicalId: "Group",
    region: "us-east-1",
    account: "111122223333",
    partition: "aws",
    stackName: "Stack",
    property: (key) => (key === "LogGroupName" ? name : undefined),
    generatedName: "Stack-Group",
  };
  return {
    logicalId: "Group",
    type: "AWS::Logs::LogGroup",
    properties: v.parse(type.properties, given) as LogGroupProperties,
    ref: type.ref(identity),
    attribute: (attribute) => type.attributes[attribute]!(identity),
    identity,
  };
};

const withGroup = (name = "publish-logs") => {
  const entries: LogEntry[] = [];
  const group = logGroup(name);
  const speaker = (asked: string) => (asked === "publish-logs" ? "lambda/publish" : undefined);
  const place = { partition: "aws", region: "us-east-1", account: "111122223333" };
  const logs = createLogs({
    groups: [group],
    queries: [],
    place,
    clock: manualClock(),
    log: (entry) => entries.push(entry),
    speaker,
    takeMetrics: () => {},
    recorded: async () => [],
  });
  return { ...logs, group, entries };
};

test("a Powertools line is an entry with its level, its message and what was added to it", () => {
  const { write, entries } = withGroup();
  const line = { level: "WARN", message: "slow", timestamp: "2026", service: "chat", cold_start: true, room: "lobby" };
  write("publish-logs", JSON.stringify(line), "function");
  expect(entries).toEqual([{ level: "warn", from: "lambda/publish", message: "slow", details: { room: "lobby" } }]);
});

test.each([
  ["text", "hello", { level: "info", message: "hello" }],
  ["several lines", "one\ntwo\nthree", { level: "info", message: "one", details: { text: "two\nthree" } }],
  ["broken JSON", "{ half", { level: "info", message: "{ half" }],
  [
    "an error object",
    '{"level":"ERROR","message":{"errorType":"E","errorMessage":"bad"}}',
    { level: "error", message: "bad" },
  ],
  ["another object", '{"level":"DEBUG","message":{"a":1}}', { level: "debug", message: '{"a":1}' }],
  ["metrics", '{"_aws":{},"Delivered":3}', { level: "debug", message: "metrics" }],
  [
    "a line that is metrics too",
    '{"level":"WARN","message":"Late.","_aws":{},"Delivered":3}',
    { level: "warn", message: "Late.", details: { Delivered: 3 } },
  ],
])("%s is one entry of one line", (_what, line, entry) => {
  const { write, entries } = withGroup();
  write("publish-logs", line, "function");
  expect(entries).toEqual([expect.objectContaining({ from: "lambda/publish", ...entry })]);
});

test("what a service writes about its own work is for debugging", () => {
  const { write, entries } = withGroup();
  write("publish-logs", '{"type":"platform.report","record":{}}');
  expect(entries).toEqual([expect.objectContaining({ level: "debug", message: "platform.report" })]);
});

test("a group is named by its ARN too", () => {
  const { write, entries, group } = withGroup("/aws/vendedlogs/states/fanout");
  expect(group.attribute("Arn")).toBe("arn:aws:logs:us-east-1:111122223333:log-group:/aws/vendedlogs/states/fanout:*");
  write(group.attribute("Arn"), "started");
  expect(entries).toEqual([expect.objectContaining({ from: "fanout", message: "started" })]);
});

test("lines to a group that the template lacks are lost with one warning", () => {
  const { write, entries } = withGroup();
  write("nowhere", "one");
  write("nowhere", "two");
  expect(entries).toEqual([expect.objectContaining({ level: "warn", message: expect.stringContaining("nowhere") })]);
});

test("Lambda's own groups need no resource", () => {
  const { write, entries } = withGroup();
  write("/aws/lambda/join", "hello", "function");
  expect(entries).toEqual([{ level: "info", from: "join", message: "hello" }]);
});

test("a property that is not understood is refused by name", () => {
  expect(() => logGroup("x", { DataProtectionPolicy: {} })).toThrow(/DataProtectionPolicy/);
});
