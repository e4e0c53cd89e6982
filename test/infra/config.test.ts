import { App } from "aws-cdk-lib";
import { expect, test } from "vitest";
import { readConfig } from "../../infra/config.ts";

const configFrom = (context: Record<string, unknown>) => readConfig(new App({ context }));
const HEADING = "The configuration is wrong (CDK context, cdk.json or --context):";

test("the defaults deploy in a fresh account: no access logs, tables that go with the stack", () => {
  expect(configFrom({})).toEqual({
    stage: "dev",
    retentionDays: 30,
    presenceMembers: 100,
    removalPolicy: "destroy",
    accessLogs: "off",
    framesPerSecond: 2_000,
    framesBurst: 1_000,
    roomRecipientsPerSecond: 5_000,
    roomRecipientsBurst: 10_000,
    fanoutWidth: 13,
    archiveDays: 7,
    timeToLastBudgetMs: 5_000,
    tracedPercent: 5,
  });
});

test.each([
  ["stage", "eu-2", "eu-2"],
  ["retentionDays", 1, 1],
  ["retentionDays", "3650", 3650],
  ["presenceMembers", "0", 0],
  ["presenceMembers", 100, 100],
  ["removalPolicy", "retain", "retain"],
  ["accessLogs", "use-account-role", "use-account-role"],
  ["accessLogs", "create-account-role", "create-account-role"],
  ["framesPerSecond", "9000", 9000],
  ["framesBurst", 5000, 5000],
  ["roomRecipientsPerSecond", "100", 100],
  ["roomRecipientsBurst", 1, 1],
  ["fanoutWidth", "39", 39],
  ["postConcurrency", "800", 800],
  ["archiveDays", "0", 0],
  ["timeToLastBudgetMs", 2000, 2000],
  ["tracedPercent", "0.1", 0.1],
  ["tracedPercent", 100, 100],
  ["alarmTopicArn", "arn:aws:sns:eu-west-1:123456789012:on-call", "arn:aws:sns:eu-west-1:123456789012:on-call"],
])("%s may be %j, as --context would give it too", (key, given, read) => {
  expect(configFrom({ [key]: given })).toHaveProperty(key, read);
});

test.each([
  ["stage", "Prod", 'stage is "Prod": it is 1 to 20 of a-z, 0-9 and -, a letter first'],
  ["stage", "1st", 'stage is "1st": it is 1 to 20 of a-z, 0-9 and -, a letter first'],
  ["stage", "a".repeat(21), `stage is "${"a".repeat(21)}": it is 1 to 20 of a-z, 0-9 and -, a letter first`],
  ["retentionDays", 0, "retentionDays is 0: it is a whole number from 1 to 3650"],
  ["retentionDays", "soon", 'retentionDays is "soon": it is a whole number from 1 to 3650'],
  ["retentionDays", 1.5, "retentionDays is 1.5: it is a whole number from 1 to 3650"],
  ["presenceMembers", 101, "presenceMembers is 101: it is a whole number from 0 to 100"],
  ["removalPolicy", "keep", 'removalPolicy is "keep": it is one of ("destroy" | "retain")'],
  ["accessLogs", "on", 'accessLogs is "on": it is one of ("off" | "use-account-role" | "create-account-role")'],
  ["framesPerSecond", 0, "framesPerSecond is 0: it is a whole number from 1 to 1000000"],
  ["framesBurst", 5001, "framesBurst is 5001: it is a whole number from 1 to 5000"],
  ["roomRecipientsPerSecond", 0, "roomRecipientsPerSecond is 0: it is a whole number from 1 to 1000000"],
  ["roomRecipientsBurst", 1_000_001, "roomRecipientsBurst is 1000001: it is a whole number from 1 to 1000000"],
  ["postConcurrency", 0, "postConcurrency is 0: it is a whole number from 1 to 100000"],
  ["fanoutWidth", 40, "fanoutWidth is 40: it is a whole number from 1 to 39"],
  ["archiveDays", -1, "archiveDays is -1: it is a whole number from 0 to 3650"],
  ["timeToLastBudgetMs", 0, "timeToLastBudgetMs is 0: it is a whole number from 1 to 290000"],
  ["tracedPercent", 100.5, "tracedPercent is 100.5: it is a number from 0 to 100"],
  ["tracedPercent", "1e1", 'tracedPercent is "1e1": it is a number from 0 to 100'],
  ["alarmTopicArn", "on-call", 'alarmTopicArn is "on-call": it is the ARN of an SNS topic'],
])("%s may not be %j, and one line says what it may be", (key, given, line) => {
  expect(() => configFrom({ [key]: given })).toThrow(new Error(`${HEADING}\n  ${line}`));
});

test("all that is wrong is said at once", () => {
  expect(() => configFrom({ framesBurst: 0, removalPolicy: "" })).toThrow(
    /\n {2}removalPolicy is .*\n {2}framesBurst is .*$/,
  );
});
