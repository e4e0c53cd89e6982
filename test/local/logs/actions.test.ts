import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { readLogs } from "./read-logs.ts";

const publish = { logGroupName: "publish" };
type Reading = Awaited<ReturnType<typeof readLogs>>;

const filtered = async ({ client }: Reading, input: Partial<FilterLogEventsCommandInput> = {}) => {
  const { events = [] } = await client.send(new FilterLogEventsCommand({ ...publish, ...input }));
  return events.map(({ message }) => message);
};

test("groups are described with their retention, and Lambda's own as soon as they are written to", async () => {
  const { client, write } = await readLogs();
  write("/aws/lambda/join", "hello", "function", "one");
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toMatchObject([
    { logGroupName: "/aws/lambda/join", storedBytes: 31 },
    { logGroupName: "fanout", storedBytes: 0 },
    {
      logGroupName: "publish",
      retentionInDays: 1,
      arn: "arn:aws:logs:us-east-1:123456789012:log-group:publish:*",
      logGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:publish",
    },
  ]);
});

test("groups come a page at a time, and by their prefix", async () => {
  const { client } = await readLogs();
  const { logGroups, nextToken } = await client.send(new DescribeLogGroupsCommand({ limit: 1 }));
  const next = await client.send(new DescribeLogGroupsCommand({ limit: 1, nextToken }));
  expect([logGroups?.[0]?.logGroupName, next.logGroups?.[0]?.logGroupName]).toEqual(["fanout", "publish"]);
  expect(next.nextToken).toBeUndefined();
  const found = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "pub" }));
  expect(found.logGroups).toHaveLength(1);
});

test("streams are described by name or by their last event", async () => {
  const { client, say, start } = await readLogs();
  await say(["1"], "a");
  await say(["2"], "b");
  await say(["3"], "a");
  const named = async (input: object) => {
    const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand({ ...publish, ...input }));
    return logStreams.map(({ logStreamName }) => logStreamName);
  };
  expect(await named({})).toEqual(["a", "b"]);
  expect(await named({ orderBy: "LastEventTime", descending: true, limit: 1 })).toEqual(["a"]);
  expect(await named({ logStreamNamePrefix: "b" })).toEqual(["b"]);
  const { logStreams } = await client.send(new DescribeLogStreamsCommand({ ...publish, limit: 1 }));
  expect(logStreams?.[0]).toMatchObject({ firstEventTimestamp: start, lastEventTimestamp: start + 2000 });
});

test("events of all streams are interleaved, each with its stream, its time and an id of its own", async () => {
  const reading = await readLogs();
  await reading.say(["1"], "a");
  await reading.say(["2"], "b");
  const { events } = await reading.client.send(new FilterLogEventsCommand({ ...publish, interleaved: true }));
  expect(events).toMatchObject([
    { logStreamName: "a", message: "1", timestamp: reading.start, ingestionTime: reading.start },
    { logStreamName: "b", message: "2", timestamp: reading.start + 1000 },
  ]);
  expect(events?.[0]?.eventId).not.toBe(events?.[1]?.eventId);
});

test.each<[string, (start: number) => Partial<FilterLogEventsCommandInput>, string[]]>([
  ["from a time on", (start) => ({ startTime: start + 1000 }), ["2", "3"]],
  ["to a time, which is included", (start) => ({ endTime: start + 1000 }), ["1", "2"]],
  ["of some streams", () => ({ logStreamNames: ["x", "odd"] }), ["1", "3"]],
  ["of streams by a prefix", () => ({ logStreamNamePrefix: "e" }), ["2"]],
  ["by a pattern", () => ({ filterPattern: "?2 ?3" }), ["2", "3"]],
  [
    "of a group by its ARN",
    () => ({
      logGroupName: undefined,
      logGroupIdentifier: "arn:aws:logs:us-east-1:123456789012:log-group:publish",
    }),
    ["1", "2", "3"],
  ],
])("events are filtered %s", async (_how, input, messages) => {
  const reading = await readLogs();
  for (const [line, stream] of [
    ["1", "odd"],
    ["2", "even"],
    ["3", "odd"],
  ] as const)
    await reading.say([line], stream);
  expect(await filtered(reading, input(reading.start))).toEqual(messages);
});

test("the lines of before the start that were recorded come before the new ones, in their streams", async () => {
  const at = Date.UTC(2026, 0, 1) - 1_000;
  const logs = await readLogs([
    { source: "publish", stream: "two", at, body: "second" },
    { source: "fanout", at, body: "another group's" },
    { source: "publish", stream: "one", at: at - 1_000, body: "first" },
    { source: "publish", stream: "one", at: at - 2 * 24 * 3_600_000, body: "older than the retention" },
  ]);
  await logs.say(["third"], "one");
  const { events } = await logs.client.send(new FilterLogEventsCommand(publish));
  expect(events?.map(({ message, logStreamName }) => [message, logStreamName])).toEqual([
    ["first", "one"],
    ["second", "two"],
    ["third", "one"],
  ]);
  expect(await filtered(logs)).toEqual(["first", "second", "third"]);
});

test("pages follow each other to the end, also while lines are written", async () => {
  const reading = await readLogs();
  await reading.say(["1", "2", "3", "4", "5"]);
  const pages: (string | undefined)[][] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client: reading.client }, { ...publish, limit: 2 })) {
    pages.push(events.map(({ message }) => message));
    if (pages.length === 1) await reading.say(["6"]);
  }
  expect(pages).toEqual([
    ["1", "2"],
    ["3", "4"],
    ["5", "6"],
  ]);
});

test("a page ends before it is larger than a megabyte", async () => {
  const reading = await readLogs();
  await reading.say(["a", "b", "c"].map((letter) => letter.repeat(400_000)));
  expect(await filtered(reading)).toHaveLength(2);
});

const read = async ({ client }: Reading, input: Partial<GetLogEventsCommandInput> = {}) => {
  const command = new GetLogEventsCommand({ ...publish, logStreamName: "one", limit: 2, ...input });
  const { events = [], ...tokens } = await client.send(command);
  return { messages: events.map(({ message }) => message), ...tokens };
};

test("a stream is read backwards from its end", async () => {
  const reading = await readLogs();
  await reading.say(["1", "2", "3"]);
  const last = await read(reading);
  const before = await read(reading, { nextToken: last.nextBackwardToken });
  const first = await read(reading, { nextToken: before.nextBackwardToken });
  expect([last.messages, before.messages, first.messages]).toEqual([["2", "3"], ["1"], []]);
  expect(first.nextBackwardToken).toBe(before.nextBackwardToken);
});

test("a stream is read forwards, and its end goes on with what is written later", async () => {
  const reading = await readLogs();
  await reading.say(["1", "2", "3"]);
  await reading.say(["elsewhere"], "two");
  const first = await read(reading, { startFromHead: true });
  const rest = await read(reading, { nextToken: first.nextForwardToken });
  const none = await read(reading, { nextToken: rest.nextForwardToken });
  expect([first.messages, rest.messages, none.messages]).toEqual([["1", "2"], ["3"], []]);
  expect(none.nextForwardToken).toBe(rest.nextForwardToken);
  await reading.say(["4"]);
  expect((await read(reading, { nextToken: none.nextForwardToken })).messages).toEqual(["4"]);
});

test("a stream's events are read to a time, which is not included", async () => {
  const reading = await readLogs();
  await reading.say(["1", "2", "3"]);
  expect((await read(reading, { endTime: reading.start + 1000 })).messages).toEqual(["1"]);
});

test("what is older than the group's retention is gone, and its stream with it", async () => {
  const reading = await readLogs();
  await reading.say(["old"], "yesterday");
  await reading.clock.advance(86_400_000 - 1000);
  expect(await filtered(reading)).toEqual(["old"]);
  await reading.say(["new"], "today");
  expect(await filtered(reading)).toEqual(["new"]);
  const { logStreams } = await reading.client.send(new DescribeLogStreamsCommand(publish));
  expect(logStreams).toMatchObject([{ logStreamName: "today" }]);
});

test("of many lines the latest four megabytes are kept", async () => {
  const reading = await readLogs();
  for (let line = 0; line < 5_000; line++) reading.write("publish", `${line} ${"x".repeat(1000)}`, "function", "one");
  const { logGroups } = await reading.client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "publish" }));
  expect(logGroups?.[0]?.storedBytes).toBeGreaterThan(4_190_000);
  expect(logGroups?.[0]?.storedBytes).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect((await filtered(reading, { filterPattern: "4999", limit: 1 }))[0]).toMatch(/^4999 x/);
});

test.each([
  ["a group that there is none of", new FilterLogEventsCommand({ logGroupName: "x" }), "ResourceNotFoundException"],
  [
    "a stream that there is none of",
    new GetLogEventsCommand({ ...publish, logStreamName: "x" }),
    "ResourceNotFoundException",
  ],
  [
    "a token that was not given out",
    new FilterLogEventsCommand({ ...publish, nextToken: "x" }),
    "InvalidParameterException",
  ],
  ["a limit over the most", new FilterLogEventsCommand({ ...publish, limit: 10_001 }), "InvalidParameterException"],
  [
    "streams by name and by prefix",
    new FilterLogEventsCommand({ ...publish, logStreamNames: ["a"], logStreamNamePrefix: "a" }),
    "InvalidParameterException",
  ],
  [
    "a parameter that is not known here",
    new DescribeLogGroupsCommand({ includeLinkedAccounts: true }),
    "InvalidParameterException",
  ],
  [
    "an action that is not known here",
    new PutLogEventsCommand({ ...publish, logStreamName: "a", logEvents: [] }),
    "UnknownOperationException",
  ],
])("%s is refused", async (_what, command, name) => {
  const { client } = await readLogs();
  await expect(client.send(command as FilterLogEventsCommand)).rejects.toMatchObject({ name });
});

test.each([
  ["FilterLogEvents", publish, "publish:log-stream:"],
  ["GetLogEvents", { ...publish, logStreamName: "one" }, "publish:log-stream:one"],
  ["DescribeLogStreams", { logGroupIdentifier: "arn:aws:logs:us-east-1:1:log-group:publish" }, "publish:log-stream:"],
  ["DescribeLogGroups", {}, ":log-stream:"],
])("%s needs to be allowed on the group", async (action, input, resource) => {
  const { service } = await readLogs();
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${resource}`;
  expect(service.permissions(action, input)).toEqual([{ action: `logs:${action}`, resource: arn }]);
});
