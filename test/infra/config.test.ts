import { App } from "aws-cdk-lib";
import { expect, test } from "vitest";
import { readConfig } from "../../infra/config.ts";

const configFrom = (context: Record<string, unknown>) => readConfig(new App({ context }));
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
const ORIGINS = "it is origins such as https://chat.example.com, with commas between, at most 800 characters";
const HEADING = "The configuration is wrong (CDK context, cdk.json or --context):";

test("the defaults deploy in a fresh account: no access logs, tables that go with the stack", () => {
  expect(configFrom({})).toEqual({
    stage: "dev",
    retentionDays: 30,
    presenceMembers: 100,
    removalPolicy: "destroy",
    accessLogs: "off",
    chatPage: true,
    framesPerSecond: 2_000,
    framesBurst: 1_000,
    connectionFramesPerSecond: 10,
    connectionFramesBurst: 50,
    roomMessagesPerSecond: 50,
    connectionsPerIdentity: 20,
    connectsPerSecond: 250,
    joinsPerSecond: 500,
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
  ["chatPage", "false", false],
  ["chatPage", true, true],
  ["framesPerSecond", "9000", 9000],
  ["framesBurst", 5000, 5000],
  ["connectionFramesPerSecond", "1", 1],
  ["connectionFramesBurst", "10000", 10_000],
  ["roomMessagesPerSecond", "1000", 1_000],
  ["connectionsPerIdentity", 1, 1],
  ["connectsPerSecond", "500", 500],
  ["joinsPerSecond", 5_000, 5_000],
  ["allowedOrigins", "https://chat.example.com", ["https://chat.example.com"]],
  ["allowedOrigins", "https://a.example, http://localhost:8080", ["https://a.example", "http://localhost:8080"]],
  ["allowedOrigins", ["https://a.example", "https://b.example"], ["https://a.example", "https://b.example"]],
  ["encryptionKeyArn", KEY, KEY],
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
  ["chatPage", "yes", 'chatPage is "yes": it is one of ("true" | "false")'],
  ["framesPerSecond", 0, "framesPerSecond is 0: it is a whole number from 1 to 1000000"],
  ["framesBurst", 5001, "framesBurst is 5001: it is a whole number from 1 to 5000"],
  ["connectionFramesPerSecond", 0, "connectionFramesPerSecond is 0: it is a whole number from 1 to 1000"],
  ["connectionFramesBurst", 0, "connectionFramesBurst is 0: it is a whole number from 1 to 10000"],
  ["roomMessagesPerSecond", 1_001, "roomMessagesPerSecond is 1001: it is a whole number from 1 to 1000"],
  ["connectionsPerIdentity", "many", 'connectionsPerIdentity is "many": it is a whole number from 1 to 1000'],
  ["connectsPerSecond", 0, "connectsPerSecond is 0: it is a whole number from 1 to 5000"],
  ["joinsPerSecond", 5_001, "joinsPerSecond is 5001: it is a whole number from 1 to 5000"],
  ["allowedOrigins", "", `allowedOrigins is "": ${ORIGINS}`],
  ["allowedOrigins", "chat.example.com", `allowedOrigins is "chat.example.com": ${ORIGINS}`],
  ["allowedOrigins", "https://chat.example.com/", `allowedOrigins is "https://chat.example.com/": ${ORIGINS}`],
  ["allowedOrigins", "https://a.example,*", `allowedOrigins is "https://a.example,*": ${ORIGINS}`],
  ["encryptionKeyArn", "alias/chat", 'encryptionKeyArn is "alias/chat": it is the ARN of a key of KMS'],
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

test.each([
  ["dev", "destroy"],
  ["preprod", "destroy"],
  ["prod", "retain"],
  ["production", "retain"],
])("the tables of the stage %s are left to %s, unless it is said otherwise", (stage, removalPolicy) => {
  expect(configFrom({ stage })).toMatchObject({ removalPolicy });
  expect(configFrom({ stage, removalPolicy: "destroy" })).toMatchObject({ removalPolicy: "destroy" });
});

test("a domain of one's own goes with its certificate", () => {
  const both = { domainName: "chat.example.com", certificateArn: CERTIFICATE };
  expect(configFrom(both)).toMatchObject(both);
  expect(() => configFrom({ ...both, domainName: "https://chat.example.com" })).toThrow(
    new Error(`${HEADING}\n  domainName is "https://chat.example.com": it is a domain such as chat.example.com`),
  );
  expect(() => configFrom({ ...both, certificateArn: KEY })).toThrow(
    new Error(`${HEADING}\n  certificateArn is "${KEY}": it is the ARN of a certificate of ACM`),
  );
  expect(() => configFrom({ domainName: both.domainName })).toThrow(
    new Error(`${HEADING}\n  certificateArn is not set: domainName needs it`),
  );
  expect(() => configFrom({ certificateArn: CERTIFICATE })).toThrow(
    new Error(`${HEADING}\n  domainName is not set: certificateArn needs it`),
  );
});

test("the chat page is there by default, but not where tokens are asked for, and asking for both is refused", () => {
  const tokens = { tokenIssuer: "https://login.example", tokenAudience: "chat" };
  expect(configFrom({})).toMatchObject({ chatPage: true });
  expect(configFrom(tokens)).toMatchObject({ chatPage: false });
  expect(configFrom({ ...tokens, chatPage: "false" })).toMatchObject({ chatPage: false });
  expect(() => configFrom({ ...tokens, chatPage: "true" })).toThrow(
    new Error(`${HEADING}\n  chatPage is true: the page has no sign-in, so it does not go with tokenIssuer`),
  );
});

test("all that is wrong is said at once", () => {
  expect(() => configFrom({ framesBurst: 0, removalPolicy: "" })).toThrow(
    /\n {2}removalPolicy is .*\n {2}framesBurst is .*$/,
  );
});
