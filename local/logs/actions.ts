import { AwsError } from "../aws/error.ts";
import type { JsonObject } from "../json.ts";
import { compileFilterPattern } from "./filter-pattern.ts";
import { type GroupInput, groupNameIn } from "./group-name.ts";
import { readInput } from "./inputs.ts";
import type { LogEvent, LogGroup } from "./log-group.ts";
import { listPage, pageOf, positionOf } from "./page.ts";

/** A group as it is described. */
export interface NamedGroup extends LogGroup {
  readonly name: string;
  readonly retentionInDays: number | undefined;
}

interface Needs {
  /** All groups, by name. */
  readonly groups: ReadonlyMap<string, NamedGroup>;
  /** When the groups were made: Unix time in milliseconds. */
  readonly createdAt: number;
  /** `arn:aws:logs:us-east-1:123456789012:log-group:` */
  readonly arnPrefix: string;
}

/** One action of the API. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
export type Action = (input: JsonObject) => JsonObject;

/** The actions that read the groups, as `aws logs tail` and `aws logs filter-log-events` use them. */
export const createActions = ({ groups, createdAt, arnPrefix }: Needs): Readonly<Record<string, Action>> => {
  const groupOf = (input: GroupInput): NamedGroup => {
    const group = groups.get(groupNameIn(input));
    if (group) return group;
    throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
  };

  return {
    DescribeLogGroups(given) {
      const {
        logGroupNamePrefix = "",
        logGroupNamePattern = "",
        limit,
        nextToken,
      } = readInput("DescribeLogGroups", given);
      const wanted = [...groups.values()]
        .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern))
        .sort(byName);
      const { page, ...more } = listPage(wanted, limit, nextToken);
      const logGroups = page.map(({ name, retentionInDays, bytes }) => ({
        logGroupName: name,
        creationTime: createdAt,
        ...(retentionInDays !== undefined && { retentionInDays }),
        metricFilterCount: 0,
        arn: `${arnPrefix}${name}:*`,
        logGroupArn: `${arnPrefix}${name}`,
        storedBytes: bytes(),
        logGroupClass: "STANDARD",
      }));
      return { logGroups, ...more };
    },

    DescribeLogStreams(given) {
      const input = readInput("DescribeLogStreams", given);
      const { logStreamNamePrefix = "", orderBy, descending, limit, nextToken } = input;
      const { name: group, streams } = groupOf(input);
      const wanted = streams().filter(({ name }) => name.startsWith(logStreamNamePrefix));
      wanted.sort(orderBy === "LastEventTime" ? (a, b) => a.lastAt - b.lastAt : byName);
      const { page, ...more } = listPage(descending ? wanted.reverse() : wanted, limit, nextToken);
      const logStreams = page.map(({ name, firstAt, lastAt }) => ({
        logStreamName: name,
        creationTime: firstAt,
        firstEventTimestamp: firstAt,
        lastEventTimestamp: lastAt,
        lastIngestionTime: lastAt,
        arn: `${arnPrefix}${group}:log-stream:${name}`,
        // Zero on AWS too, since 2019.
        storedBytes: 0,
      }));
      return { logStreams, ...more };
    },

    FilterLogEvents(given) {
      const input = readInput("FilterLogEvents", given);
      const { logStreamNames, logStreamNamePrefix = "", startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
      if (logStreamNames && logStreamNamePrefix)
        throw new AwsError("InvalidParameterException", "Give logStreamNames or logStreamNamePrefix, not both.");
      const matches = compileFilterPattern(input.filterPattern);
      const streams = logStreamNames && new Set(logStreamNames);
      const after = positionOf(input.nextToken ?? "0");
      const wanted = groupOf(input)
        .events()
        .filter(
          ({ id, at, stream, message }) =>
            id > after &&
            at >= startTime &&
            at <= endTime &&
            (streams?.has(stream) ?? stream.startsWith(logStreamNamePrefix)) &&
            matches(message),
        );
      const { page, more } = pageOf(wanted, input.limit);
      return {
        events: page.map((event) => ({ ...shown(event), logStreamName: event.stream, eventId: eventId(event) })),
        searchedLogStreams: [],
        ...(more && { nextToken: String(page.at(-1)?.id) }),
      };
    },

    /** Its end is exclusive, and both its tokens go on for ever: at an end they are the one that was given. */
    GetLogEvents(given) {
      const input = readInput("GetLogEvents", given);
      const {
        logStreamName,
        startTime = 0,
        endTime = Number.POSITIVE_INFINITY,
        startFromHead,
        limit,
        nextToken,
      } = input;
      const group = groupOf(input);
      if (!group.streams().some(({ name }) => name === logStreamName))
        throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
      const position = nextToken === undefined ? undefined : positionOf(nextToken, /^[fb]\/(\d{1,15})$/);
      const forward = nextToken?.startsWith("f") ?? startFromHead ?? false;
      const wanted = group
        .events()
        .filter(
          ({ id, at, stream }) =>
            stream === logStreamName &&
            at >= startTime &&
            at < endTime &&
            (position === undefined || (forward ? id > position : id < position)),
        );
      const page = forward ? pageOf(wanted, limit).page : pageOf(wanted.reverse(), limit).page.reverse();
      const [first, last] = [page[0]?.id ?? (position ?? 0) + (forward ? 1 : 0), page.at(-1)?.id];
      return {
        events: page.map(shown),
        nextForwardToken: `f/${last ?? (forward ? (position ?? 0) : Math.max(0, first - 1))}`,
        nextBackwardToken: `b/${first}`,
      };
    },
  };
};

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

/** Times of an event: it is taken in as it is written. */
const shown = ({ at, message }: LogEvent) => ({ timestamp: at, ingestionTime: at, message });

/** Of the length that AWS's have. */
const eventId = ({ id }: LogEvent) => String(id).padStart(56, "0");
