import * as v from "valibot";
import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";

const text = v.optional(v.string());
const flag = v.optional(v.boolean());
/** Unix time in milliseconds. */
const time = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const limit = (most: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most)));
/** By its name, or by an identifier that is its name or its ARN. */
const group = { logGroupName: text, logGroupIdentifier: text };

/** What each action takes. A parameter that would have an effect and is not named here is refused, not ignored. */
export const inputs = {
  DescribeLogGroups: v.strictObject({
    logGroupNamePrefix: text,
    logGroupNamePattern: text,
    limit: limit(50),
    nextToken: text,
  }),
  DescribeLogStreams: v.strictObject({
    ...group,
    logStreamNamePrefix: text,
    orderBy: v.optional(v.picklist(["LogStreamName", "LastEventTime"]), "LogStreamName"),
    descending: flag,
    limit: limit(50),
    nextToken: text,
  }),
  FilterLogEvents: v.strictObject({
    ...group,
    logStreamNames: v.optional(v.array(v.string())),
    logStreamNamePrefix: text,
    startTime: time,
    endTime: time,
    filterPattern: v.optional(v.string(), ""),
    // Events are always interleaved, as on AWS since 2019; and none is masked that could be unmasked.
    interleaved: flag,
    unmask: flag,
    limit: limit(10_000),
    nextToken: text,
  }),
  GetLogEvents: v.strictObject({
    ...group,
    logStreamName: v.string(),
    startTime: time,
    endTime: time,
    startFromHead: flag,
    unmask: flag,
    limit: limit(10_000),
    nextToken: text,
  }),
  DescribeQueryDefinitions: v.strictObject({
    queryDefinitionNamePrefix: text,
    queryLanguage: v.optional(v.picklist(["CWLI", "SQL", "PPL"])),
    maxResults: limit(1_000),
    nextToken: text,
  }),
};

/** Reads an action's input. @throws AwsError `InvalidParameterException` naming what is wrong with which parameter */
export const readInput = <Action extends keyof typeof inputs>(
  action: Action,
  input: JsonObject,
): v.InferOutput<(typeof inputs)[Action]> => {
  const read = v.safeParse(inputs[action], input);
  if (read.success) return read.output as v.InferOutput<(typeof inputs)[Action]>;
  const [issue] = read.issues;
  throw new AwsError("InvalidParameterException", `${action}: ${v.getDotPath(issue)}: ${issue.message}`);
};
