import type { App } from "aws-cdk-lib";
import * as v from "valibot";
import { MOST_PRESENCE_MEMBERS } from "../functions/contracts/presence.ts";
import { limitEntries } from "./config/limits.ts";
import { missingPartners, strangers } from "./config/together.ts";
import { tokenDefaults, tokenEntries } from "./config/tokens.ts";
import { list, percent, text, wholeNumber, yesOrNo } from "./config/values.ts";

/**
 * The configuration: CDK context, from `cdk.json` or `--context key=value`, in which every value may be text. The
 * defaults deploy as they are, in a fresh account too, once AWS has verified it for CloudFront.
 */
const Given = v.strictObject({
  /** The deployment's name: the stack is `Roomcast-{stage}`, and the endpoint ends in `/{stage}`. */
  stage: v.optional(text(/^[a-z][a-z0-9-]{0,19}$/, "1 to 20 of a-z, 0-9 and -, a letter first"), "dev"),
  /** Days that messages are kept. */
  retentionDays: v.optional(wholeNumber(1, 3650), 30),
  /**
   * The largest room, in connections, that is told who joins, leaves and types; 0 switches it off. 100 names fit one
   * frame.
   */
  presenceMembers: v.optional(wholeNumber(0, MOST_PRESENCE_MEMBERS), MOST_PRESENCE_MEMBERS),
  /**
   * What becomes of the tables with the stack: `destroy` deletes them, `retain` leaves them, and lets nobody delete them
   * by hand either. By default `retain` for the stages `prod` and `production`, and `destroy` for every other.
   */
  removalPolicy: v.optional(v.picklist(["destroy", "retain"])),
  /** Access logs of the stage need a CloudWatch role that the whole Region shares, so they are off by default. */
  accessLogs: v.optional(v.picklist(["off", "use-account-role", "create-account-role"]), "off"),
  /** Whether the chat page is hosted too. By default it is, unless tokens are asked for: it has no sign-in. */
  chatPage: v.optional(yesOrNo()),
  ...tokenEntries,
  ...limitEntries,
  /** Origins of the pages that may connect. Unset by default: a page of any site may. */
  allowedOrigins: v.optional(
    list((item) => item.length <= 256 && URL.parse(item)?.origin === item, "origins such as https://chat.example.com"),
  ),
  /** A domain of one's own that clients connect to. */
  domainName: v.optional(
    text(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "a domain such as chat.example.com"),
  ),
  /** Its certificate, in the same Region as the stack. */
  certificateArn: v.optional(
    text(/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]{1,128}$/, "the ARN of a certificate of ACM"),
  ),
  /** The key of KMS that the tables are encrypted with. Unset by default: DynamoDB's own is. */
  encryptionKeyArn: v.optional(text(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]{1,128}$/, "the ARN of a key of KMS")),
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
  alarmTopicArn: v.optional(text(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/, "the ARN of an SNS topic")),
});

/** Stages whose tables are kept. */
const isProduction = (stage: string) => stage === "prod" || stage === "production";

/** The configuration with the defaults that depend on other keys. */
const Config = v.pipe(
  Given,
  v.transform(({ removalPolicy, chatPage, ...given }) => ({
    ...tokenDefaults(given),
    ...given,
    removalPolicy: removalPolicy ?? (isProduction(given.stage) ? "retain" : "destroy"),
    chatPage: chatPage ?? given.tokenIssuer === undefined,
  })),
);

export type Config = Readonly<v.InferOutput<typeof Config>>;

/** Reads the configuration. @throws Error naming each key that is wrong or missing, and what it may be */
export const readConfig = (app: App): Config => {
  const keys = Object.keys(Given.entries);
  const given = Object.fromEntries(
    keys.map((key) => [key, app.node.tryGetContext(key)]).filter(([, value]) => value !== undefined),
  );
  const read = v.safeParse(Config, given);
  const problems = [
    ...(read.issues ?? []).map(
      (issue) => `${keyOf(issue)} is ${JSON.stringify(given[keyOf(issue)])}: ${expected(issue)}`,
    ),
    ...missingPartners(given),
    ...strangers(given),
  ];
  if (read.success && problems.length === 0) return read.output;
  const lines = problems.map((problem) => `\n  ${problem}`).join("");
  throw new Error(`The configuration is wrong (CDK context, cdk.json or --context):${lines}`);
};

const keyOf = (issue: v.BaseIssue<unknown>) => String(issue.path?.[0]?.key);

const expected = (issue: v.BaseIssue<unknown>) =>
  issue.type === "picklist" ? `it is one of ${issue.expected}` : `it is ${issue.message}`;
