import {
  DescribeArchiveCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListRulesCommand,
} from "@aws-sdk/client-eventbridge";
import { expect, onTestFinished, test } from "vitest";
import { serveJson } from "../../../support/aws-json-server.ts";
import { bus, directory, entry, ORDERS } from "../bus.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A bus with an archive, and the unmodified SDK's client of it. */
const archivedBus = async (options: Parameters<typeof bus>[0] = {}) => {
  const made = await bus({ archive: {}, ...options });
  const { client, close } = await serveJson(made.service);
  const events = new EventBridgeClient(client);
  onTestFinished(async () => {
    events.destroy();
    await close();
  });
  const describe = (ArchiveName = "all") => events.send(new DescribeArchiveCommand({ ArchiveName }));
  return { ...made, events, describe };
};

test("an archive says what it has", async () => {
  const EventPattern = { "detail-type": ["Ordered"] };
  const { put, describe } = await archivedBus({ archive: { EventPattern, RetentionDays: 3, Description: "orders" } });
  await put(entry(), entry({ Detail: '{"order": 2}' }));
  expect(await describe()).toMatchObject({
    ArchiveName: "all",
    ArchiveArn: "arn:aws:events:us-east-1:123456789012:archive/all",
    EventSourceArn: ORDERS,
    EventPattern: JSON.stringify(EventPattern),
    Description: "orders",
    State: "ENABLED",
    RetentionDays: 3,
    EventCount: 2,
    SizeBytes: expect.any(Number),
    CreationTime: expect.any(Date),
  });
});

test.each([
  ["of another kind", { DetailType: "Paid" }],
  ["of another bus", { EventBusName: "default" }],
  ["that was refused", { Detail: "none" }],
])("an event %s is not in it", async (_which, fields) => {
  const { put, describe } = await archivedBus({ archive: { EventPattern: { "detail-type": ["Ordered"] } } });
  await put(entry(fields));
  expect(await describe()).toMatchObject({ EventCount: 0, SizeBytes: 0 });
});

test("an event that no rule wants is in it all the same", async () => {
  const { put, describe } = await archivedBus({ pattern: { source: ["bank"] } });
  await put(entry());
  expect(await describe()).toMatchObject({ EventCount: 1 });
});

test("archives are listed, by the start of a name, the bus or the state", async () => {
  const { events } = await archivedBus();
  const listed = async (filter: object) => {
    const { Archives = [] } = await events.send(new ListArchivesCommand(filter));
    return Archives.map(({ ArchiveName }) => ArchiveName);
  };
  expect(await listed({})).toEqual(["all"]);
  expect(await listed({ NamePrefix: "al" })).toEqual(["all"]);
  expect(await listed({ NamePrefix: "some" })).toEqual([]);
  expect(await listed({ EventSourceArn: ORDERS })).toEqual(["all"]);
  expect(await listed({ State: "DISABLED" })).toEqual([]);
  await expect(listed({ State: "ENABLED", NamePrefix: "al" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(listed({ EventSourceArn: `${ORDERS}-of-old` })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Event bus orders-of-old does not exist.",
  });
});

test("an archive that is not there is not described", async () => {
  const { describe } = await archivedBus();
  await expect(describe("none")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Archive none does not exist.",
  });
});

test("the bus has a rule for it that EventBridge looks after, and that leaves out replays", async () => {
  const { events } = await archivedBus({ archive: { EventPattern: { source: ["shop"] } } });
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName: "orders", NamePrefix: "Events-" }));
  expect(Rules).toEqual([
    {
      Name: "Events-Archive-all",
      Arn: "arn:aws:events:us-east-1:123456789012:rule/orders/Events-Archive-all",
      EventBusName: "orders",
      EventPattern: '{"source":["shop"],"replay-name":[{"exists":false}]}',
      State: "ENABLED",
      ManagedBy: "prod.vhs.events.aws.internal",
    },
  ]);
});

test("what is older than its days is gone", async () => {
  const { put, describe, clock } = await archivedBus({ archive: { RetentionDays: 1 } });
  await put(entry());
  await clock.advance(DAY_MS - 1);
  expect(await describe()).toMatchObject({ EventCount: 1 });
  await clock.advance(2_000);
  expect(await describe()).toMatchObject({ EventCount: 0 });
});

test("it has its events after a restart", async () => {
  const folder = await directory();
  const first = await archivedBus({ directory: folder });
  await first.put(entry());
  await first.stop();
  const second = await archivedBus({ directory: folder });
  await second.put(entry());
  expect(await second.describe()).toMatchObject({ EventCount: 2 });
});
