import type { App } from "aws-cdk-lib";
import * as v from "valibot";
import { MOST_PRESENCE_MEMBERS } from "../functions/contracts/presence.ts";

/**
 * The configuration: CDK context, from `cdk.json` or `--context key=value`, in which every value may be text. The
 * defaults deploy as they are, in a fresh account too.
 */
const Config = v.strictObject({
  /** The deployment's name: the stack is `Roomcast-{stage}`, and the endpoint ends in `/{stage}`. */
  stage: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,19}$/, "1 to 20 of a-z, 0-9 and -, a letter first")),
    "dev",
  ),
  /** Days that messages are kept. */
  retentionDays: v.optional(wholeNumber(1, 3650), 30),
  /**
   * The largest room, in connections, that is told who joins, leaves and types; 0 switches it off. 100 names fit one
   * frame.
   */
  presenceMembers: v.optional(wholeNumber(0, MOST_PRESENCE_MEMBERS), MOST_PRESENCE_MEMBERS),
  /** What becomes of the tables with the stack: `destroy` deletes them, `retain` leaves them. */
  removalPolicy: v.optional(v.picklist(["destroy", "retain"]), "destroy"),
  /** Access logs of the stage need a CloudWatch role that the whole Region shares, so they are off by default. */
  accessLogs: v.optional(v.picklist(["off", "use-account-role", "create-account-role"]), "off"),
  /** Frames a second that the stage takes from all its clients. Posts share the account's 10,000 a second with them. */
  framesPerSecond: v.optional(wholeNumber(1, 1_000_000), 2_000),
  /** Frames that may come at once above that. */
  framesBurst: v.optional(wholeNumber(1, 5_000), 1_000),
  /** Recipients a second that one room's messages may have, over time: half of the account's posts, so that no room takes all. */
  roomRecipientsPerSecond: v.optional(wholeNumber(1, 1_000_000), 5_000),
  /** Recipients above that which a room may run up before it is refused: as many as the account posts to in a second. */
  roomRecipientsBurst: v.optional(wholeNumber(1, 1_000_000), 10_000),
  /** Child executions that one message of a large room is delivered by at once: each posts to 40 connections at a time. */
  fanoutWidth: v.optional(wholeNumber(1, 39), 13),
  /**
   * How many posts may run at once, reserved for them out of the account's concurrency and their limit in it. Unset by
   * default: an account that has 10 in all, as new ones may, refuses any reservation.
   */
  postConcurrency: v.optional(wholeNumber(1, 100_000)),
  /**
   * Of 100 messages, how many are traced from the bus on. Lambda decides by itself of which frames the function is
   * traced: that cannot be configured.
   */
  tracedPercent: v.optional(percent(), 5),
  /** Days that the bus keeps posted messages, text and all, to be replayed; 0 keeps none. */
  archiveDays: v.optional(wholeNumber(0, 3650), 7),
  /** Milliseconds within which 99 of 100 messages are to be with their last member: an alarm goes off above it. */
  timeToLastBudgetMs: v.optional(wholeNumber(1, 290_000), 5_000),
  /** The SNS topic that is told of alarms. Unset by default: they are only shown. */
  alarmTopicArn: v.optional(
    v.pipe(v.string(), v.regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/, "the ARN of an SNS topic")),
  ),
});

export type Config = Readonly<v.InferOutput<typeof Config>>;

function wholeNumber(least: number, most: number) {
  const message = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/, message), v.transform(Number))], message),
    v.integer(message),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
}

function percent() {
  const message = "a number from 0 to 100";
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/, message), v.transform(Number))], message),
    v.minValue(0, message),
    v.maxValue(100, message),
  );
}

/** Reads the configuration. @throws Error naming each key that is wrong and what it may be */
export const readConfig = (app: App): Config => {
  const keys = Object.keys(Config.entries);
  const given = keys.map((key) => [key, app.node.tryGetContext(key)]).filter(([, value]) => value !== undefined);
  const read = v.safeParse(Config, Object.fromEntries(given));
  if (read.success) return read.output;
  const problems = read.issues.map(
    (issue) => `  ${v.getDotPath(issue)} is ${JSON.stringify(issue.input)}: ${expected(issue)}`,
  );
  throw new Error(`The configuration is wrong (CDK context, cdk.json or --context):\n${problems.join("\n")}`);
};

const expected = (issue: v.BaseIssue<unknown>) =>
  issue.type === "picklist" ? `it is one of ${issue.expected}` : `it is ${issue.message}`;
