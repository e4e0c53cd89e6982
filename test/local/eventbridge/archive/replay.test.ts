import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CancelReplayCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  ListReplaysCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
} from "@aws-sdk/client-eventbridge";
import { expect, onTestFinished, test } from "vitest";
import { serveJson } from "../../../support/aws-json-server.ts";
import { bus, directory, entry, ORDERS } from "../bus.ts";

const ARCHIVE = "arn:aws:events:us-east-1:123456789012:archive/all";
const RULE = "arn:aws:events:us-east-1:123456789012:rule/orders/to-work";
const start = new Date("2026-01-01T00:00:00Z");
const end = new Date("2026-01-02T00:00:00Z");

/** A bus with an archive, whose replays are asked for with the unmodified SDK. */
const replayableBus = async (options: Parameters<typeof bus>[0] = {}) => {
  const made = await bus({ archive: {}, ...options });
  const { client, close } = await serveJson(made.service);
  const events = new EventBridgeClient(client);
  onTestFinished(async () => {
    events.destroy();
    await close();
  });
  const replay = (fields: Partial<StartReplayCommandInput> = {}) =>
    events.send(
      new StartReplayCommand({
        ReplayName: "again",
        EventSourceArn: ARCHIVE,
        EventStartTime: start,
        EventEndTime: end,
        Destination: { Arn: ORDERS },
        ...fields,
      }),
    );
  const described = (ReplayName = "again") => events.send(new DescribeReplayCommand({ ReplayName }));
  const cancel = (ReplayName = "again") => events.send(new CancelReplayCommand({ ReplayName }));
  /** Waits until a replay has this state. */
  const until = (State: string) => expect.poll(() => described().then((each) => each.State)).toBe(State);
  /** Puts so many events, and waits until they are delivered the first time. */
  const putMany = async (count: number) => {
    for (let first = 0; first < count; first += 10)
      await made.put(...Array.from({ length: Math.min(10, count - first) }, () => entry()));
    await expect.poll(() => made.inputs.length).toBe(count);
  };
  return { ...made, events, replay, described, cancel, until, putMany };
};

test("an event is replayed as it was, with the replay's name, and is not archived again", async () => {
  const { put, replay, until, inputs, delivered, clock, events } = await replayableBus();
  await put(entry({ Detail: '{"amount": 5.00}', TraceHeader: "Root=1" }));
  await clock.advance(0);
  const [first] = inputs;
  await replay();
  await until("COMPLETED");
  await expect.poll(() => inputs.length).toBe(2);
  expect(inputs[1]).toBe(first!.replace('"resources":', '"replay-name":"again","resources":'));
  expect(inputs[1]).toContain('{"amount": 5.00}');
  expect(delivered[1]!.trace).toBeUndefined();
  expect(await events.send(new DescribeArchiveCommand({ ArchiveName: "all" }))).toMatchObject({ EventCount: 1 });
});

test("a replay says how it went", async () => {
  const { put, replay, described, until, events } = await replayableBus();
  await put(entry({ Time: Date.parse("2026-01-01T10:00:00Z") / 1000 }));
  expect(await replay({ Description: "once more" })).toMatchObject({
    ReplayArn: "arn:aws:events:us-east-1:123456789012:replay/again",
    State: "STARTING",
    ReplayStartTime: expect.any(Date),
  });
  await until("COMPLETED");
  const summary = {
    ReplayName: "again",
    EventSourceArn: ARCHIVE,
    State: "COMPLETED",
    EventStartTime: start,
    EventEndTime: end,
    EventLastReplayedTime: new Date("2026-01-01T10:00:00Z"),
    ReplayStartTime: expect.any(Date),
    ReplayEndTime: expect.any(Date),
  };
  expect(await described()).toMatchObject({
    ...summary,
    ReplayArn: "arn:aws:events:us-east-1:123456789012:replay/again",
    Description: "once more",
    Destination: { Arn: ORDERS },
  });
  const { Replays } = await events.send(new ListReplaysCommand({ NamePrefix: "ag" }));
  expect(Replays).toEqual([summary]);
});

test("with FilterArns it goes to these rules, and to no other", async () => {
  const audit = {
    EventPattern: { source: ["shop"] },
    Targets: [{ Id: "audit", Arn: "arn:aws:sqs:us-east-1:1:audit" }],
  };
  const { put, replay, until, delivered } = await replayableBus({ rules: { audit } });
  await put(entry());
  await expect.poll(() => delivered.length).toBe(2);
  await replay({ Destination: { Arn: ORDERS, FilterArns: [RULE] } });
  await until("COMPLETED");
  await expect.poll(() => delivered.slice(2).map(({ target }) => target.id)).toEqual(["work"]);
});

test("a rule may leave replays out, by their name", async () => {
  const pattern = { source: ["shop"], "replay-name": [{ exists: false }] };
  const { putMany, replay, until, inputs } = await replayableBus({ pattern });
  await putMany(1);
  await replay();
  await until("COMPLETED");
  expect(inputs).toHaveLength(1);
});

test("events from the start time on are replayed, and before the end time, in the order of their times", async () => {
  const { put, replay, until, delivered, inputs } = await replayableBus();
  const times = ["10:03:00", "10:00:59", "10:01:00", "10:02:00"].map((time) => `2026-01-01T${time}Z`);
  await put(...times.map((time) => entry({ Time: Date.parse(time) / 1000 })));
  await expect.poll(() => inputs.length).toBe(4);
  await replay({ EventStartTime: new Date(times[2]!), EventEndTime: new Date(times[0]!) });
  await until("COMPLETED");
  await expect.poll(() => delivered.slice(4).map(({ input }) => input.time)).toEqual([times[2], times[3]]);
});

test("100 events a second are replayed; a replay that is cancelled ends there", async () => {
  const { putMany, replay, cancel, described, until, inputs, clock } = await replayableBus();
  await putMany(250);
  await replay();
  await expect.poll(() => inputs.length).toBe(350);
  await expect.poll(async () => (await described()).EventLastReplayedTime).toBeDefined();
  expect(await cancel()).toMatchObject({ State: "CANCELLING" });
  await clock.advance(1_000);
  await until("CANCELLED");
  expect(inputs).toHaveLength(350);
  await expect(cancel()).rejects.toMatchObject({ name: "IllegalStatusException" });
});

test("a replay that the end of the process cut off goes on after the next start", async () => {
  const folder = await directory();
  const first = await replayableBus({ directory: folder });
  for (let at = 0; at < 15; at++)
    await first.put(...Array.from({ length: 10 }, (_, n) => entry({ Time: start.getTime() / 1000 + at * 10 + n })));
  await expect.poll(() => first.inputs.length).toBe(150);
  await first.replay();
  await expect
    .poll(async () => (await first.described()).EventLastReplayedTime)
    .toEqual(new Date("2026-01-01T00:01:39Z"));
  await expect.poll(() => first.inputs.length).toBe(250);
  await first.stop();

  const second = await replayableBus({ directory: folder });
  second.recover();
  await second.until("COMPLETED");
  // The last one that it got to comes again.
  await expect.poll(() => second.delivered.length).toBe(51);
  expect(second.delivered[0]!.input.time).toBe("2026-01-01T00:01:39Z");
});

test("a replay of an archive that is damaged fails, and says so", async () => {
  const folder = await directory();
  const { put, replay, described, until } = await replayableBus({ directory: folder });
  await put(entry());
  const [file] = await readdir(join(folder, "archives", "all"));
  await appendFile(join(folder, "archives", "all", file!), "damaged\n");
  await replay();
  await until("FAILED");
  expect((await described()).StateReason).toContain("line 2 is damaged");
});

test.each<[string, Partial<StartReplayCommandInput>, string, string]>([
  [
    "to what is no bus",
    { Destination: { Arn: "arn:aws:sqs:us-east-1:123456789012:queue" } },
    "ValidationException",
    "Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.",
  ],
  [
    "to a bus that is not there",
    { Destination: { Arn: `${ORDERS}-of-old` } },
    "ResourceNotFoundException",
    "Event bus orders-of-old does not exist.",
  ],
  [
    "to another bus",
    { Destination: { Arn: ORDERS.replace("orders", "default") } },
    "ValidationException",
    "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
  ],
  [
    "of an archive that is not there",
    { EventSourceArn: `${ARCHIVE}-of-them` },
    "ValidationException",
    "Parameter EventSourceArn is not valid. Reason: Archive all-of-them does not exist.",
  ],
  [
    "that ends as it starts",
    { EventEndTime: start },
    "ValidationException",
    "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
  ],
  [
    "to a rule that is not there",
    { Destination: { Arn: ORDERS, FilterArns: [`${RULE}-hard`] } },
    "ValidationException",
    `Parameter Destination.FilterArns is not valid. Reason: Rule ${RULE}-hard does not exist on the event bus.`,
  ],
])("a replay %s is refused", async (_which, fields, name, message) => {
  const { replay } = await replayableBus();
  await expect(replay(fields)).rejects.toMatchObject({ name, message });
});

test("a name is a replay's for good", async () => {
  const { replay, until } = await replayableBus();
  await replay();
  await until("COMPLETED");
  await expect(replay()).rejects.toMatchObject({
    name: "ResourceAlreadyExistsException",
    message: "Replay again already exists.",
  });
});

test("a replay that is not there is not described", async () => {
  const { described } = await replayableBus();
  await expect(described("none")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Replay none does not exist.",
  });
});
