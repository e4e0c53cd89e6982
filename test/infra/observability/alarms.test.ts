import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { anchorsIn } from "../../support/markdown.ts";
import { templateWith } from "../app-with.ts";

const alarmsWith = (config?: Parameters<typeof templateWith>[0]) =>
  templateWith(config)
    .ofType("AWS::CloudWatch::Alarm")
    .map(({ Properties }) => ({
      name: String(Properties.AlarmName),
      description: String(Properties.AlarmDescription),
      properties: Properties,
    }));
const namesOf = (alarms: ReturnType<typeof alarmsWith>) => alarms.map(({ name }) => name.replace("Roomcast-dev-", ""));
const root = new URL("../../../", import.meta.url);

test("every alarm says what it means in a sentence, and names a paragraph that is there", () => {
  const isWell = (description: string) => {
    const [, meaning = "", page = "", anchor = ""] = /^(.+\.) (docs\/[\w-]+\.md)#([\w-]+)$/.exec(description) ?? [];
    const file = new URL(page, root);
    return meaning !== "" && existsSync(file) && anchorsIn(readFileSync(file, "utf8")).includes(anchor);
  };
  const descriptions = alarmsWith().map(({ description }) => description);
  expect(descriptions.length).toBeGreaterThan(0);
  expect(descriptions.filter((description) => !isWell(description))).toEqual([]);
});

test("every alarm is in the table of what is watched", () => {
  const page = readFileSync(new URL("docs/operations.md", root), "utf8");
  const table = page.slice(page.indexOf("### What is watched"), page.indexOf("### What the logs are asked"));
  const patterns = [...table.matchAll(/`([a-z…-]+)`/g)].map(([, name = ""]) => name);
  const isNamed = (name: string) =>
    patterns.some((pattern) => new RegExp(`^${pattern.replace("…", ".+")}$`).test(name));
  expect(namesOf(alarmsWith()).filter((name) => !isNamed(name))).toEqual([]);
});

test("what should be watched is: each queue, machine and rule, throttles, errors, connections, posts and time", () => {
  expect(namesOf(alarmsWith()).sort()).toEqual(
    [
      ...["undelivered", "not-started", "unpublished"].map((queue) => `dead-letters-${queue}`),
      ...["room-fanout", "room-segment", "room-presence"].flatMap((machine) => [
        `executions-failed-${machine}`,
        `executions-timed-out-${machine}`,
      ]),
      ...["message-posted", "message-delivered", "members-stirred", "publish-requested"].map(
        (rule) => `failed-invocations-${rule}`,
      ),
      ...["kick-requested", "disconnect-requested"].map((rule) => `failed-invocations-${rule}`),
      "lost-events-message-posted",
      "throttles-publish",
      "throttles-post",
      ...["authorize", "connect", "publish", "publish-requested", "kick-requested"].map((name) => `errors-${name}`),
      "connect-errors",
      "connections-refused",
      "posts-throttled",
      "time-to-last",
      "unavailable",
    ].sort(),
  );
});

test("without presence nothing of it is watched", () => {
  const withAndWithout = [alarmsWith(), alarmsWith({ presenceMembers: 0 })].map(namesOf);
  const ofPresence = withAndWithout.map((names) => names.filter((name) => /presence|stirred/.test(name)).length);
  expect(ofPresence).toEqual([3, 0]);
});

test("where nothing happens there is no alarm; only a queue that SQS says nothing of stays as it was", () => {
  const treatments = alarmsWith().map(({ name, properties }) => [
    name.includes("dead-letters"),
    properties.TreatMissingData,
  ]);
  expect(new Set(treatments.map(String))).toEqual(new Set(["true,ignore", "false,notBreaching"]));
});

test("an authorizer that refuses who has no token has not failed: with tokens its alarm waits for a hundred", () => {
  const thresholdOf = (config: Parameters<typeof alarmsWith>[0]) =>
    alarmsWith(config).find(({ name }) => name.endsWith("errors-authorize"))!.properties.Threshold;
  expect([thresholdOf({}), thresholdOf({ tokenIssuer: "https://login.example", tokenAudience: "chat" })]).toEqual([
    0, 100,
  ]);
});

test("the budget for the last member is configured, in milliseconds", () => {
  const [alarm] = alarmsWith({ timeToLastBudgetMs: "1234" }).filter(({ name }) => name.endsWith("time-to-last"));
  expect(alarm!.properties).toMatchObject({
    Namespace: "Roomcast",
    MetricName: "TimeToLast",
    Dimensions: [{ Name: "Stage", Value: "dev" }],
    ExtendedStatistic: "p99",
    Threshold: 1234,
    ComparisonOperator: "GreaterThanThreshold",
  });
});

test("a topic is told of every alarm, when it goes off and when it is over; by default nobody is", () => {
  const alarmTopicArn = "arn:aws:sns:us-east-1:123456789012:on-call";
  for (const { properties } of alarmsWith({ alarmTopicArn }))
    expect(properties).toMatchObject({ AlarmActions: [alarmTopicArn], OKActions: [alarmTopicArn] });
  for (const { properties } of alarmsWith()) expect(Object.keys(properties)).not.toContain("AlarmActions");
});
