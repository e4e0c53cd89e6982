import { randomBytes } from "node:crypto";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readFaultPlan } from "../../local/faults/plan.ts";
import { quickClock } from "../support/quick-clock.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import { traceReader } from "../support/trace/read-trace.ts";
import { executionOf, partsOf, postsOf, type Segment, type TracedMessage } from "../support/trace/segment.ts";
import {
  check8SentOnce,
  check17NothingUnsampled,
  check19NothingInCommon,
  traceChecks,
} from "../support/trace-checks.ts";
import { withoutPresence } from "../support/without-presence.ts";

const TEXT = "what ann says to bob and cat";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let traces: ReturnType<typeof traceReader>;
/** What is the same of every message. */
let common: Omit<TracedMessage, "documents" | "id" | "room" | "recipients" | "throttled">;
/** Published to two members and a connection that is gone, when a post is throttled. */
let message: TracedMessage;

/** Every message is traced; and no post but theirs, so that it is known which one is throttled. */
const traceAll = (template: Template) => {
  withoutPresence(template);
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties.Environment?.Variables;
    if (variables?.TRACED_PERCENT) variables.TRACED_PERCENT = "100";
  }
};

/** The message's trace, once it is whole: executions and functions send their segments as they end. */
const traceOf = async (
  id: string,
  of: Pick<TracedMessage, "room" | "recipients" | "throttled">,
): Promise<TracedMessage> => {
  const whole = async (): Promise<TracedMessage> => {
    const trace = { ...common, ...of, id, documents: await traces.ofMessage(id) };
    expect(executionOf(trace)).toBeDefined();
    expect(postsOf(trace).length).toBeGreaterThanOrEqual(of.recipients);
    expect(traceChecks[5]?.(trace)).toEqual([]);
    return trace;
  };
  return vi.waitFor(whole, { timeout: 20_000, interval: 100 });
};

beforeAll(async () => {
  roomcast = await startRoomcast({
    faults: readFaultPlan("post.throttle=#1"),
    change: traceAll,
    executionClock: quickClock(5),
  });
  traces = traceReader(roomcast.client);
  const [dynamoDb, sfn] = [new DynamoDBClient(roomcast.client), new SFNClient(roomcast.client)];
  const { TableNames: tables = [] } = await dynamoDb.send(new ListTablesCommand({}));
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const { name = "", stateMachineArn } = stateMachines.find((machine) => machine.name?.includes("roomfanout")) ?? {};
  const { definition = "" } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  dynamoDb.destroy();
  sfn.destroy();
  const functionOf = (handler: string) => roomcast.functions.find((one) => one.handler === handler)?.name ?? "";
  common = {
    secrets: [TEXT],
    publish: functionOf("publish.handler"),
    post: functionOf("post.handler"),
    machine: { name, definition: JSON.parse(definition) },
    tables,
    publishedAt: Date.now() / 1000,
  };

  const [ann, bob, cat] = await Promise.all(
    ["ann", "bob", "cat"].map((of) => roomcast.connect({ room: "lobby", name: of })),
  );
  const gone = { connectionId: "GoneGoneGoneGon=", room: "lobby", slot: "00000000GoneGoneGoneGon=", connectedAt: 1 };
  await roomcast.putRows("connections", { ...gone, expiresAt: 4e9 });
  const { id } = await ann!.ask({ message: "publish", room: "lobby", data: TEXT });
  await Promise.all([bob, cat].map((member) => member!.next({ type: "message", id })));
  message = await traceOf(id, { room: "lobby", recipients: 3, throttled: 1 });
});
afterAll(async () => {
  traces.close();
  await roomcast.stop();
});

/** A message as a backend puts it on the bus, in a trace of its own; resolves when it has arrived. */
const putIn = async (traceHeader: string) => {
  const bob = await roomcast.connect({ room: "backend" });
  const id = `backend-${randomBytes(8).toString("hex")}`;
  const from = { id: "backend", name: "" };
  const detail = { id, room: "backend", seq: 1, from, data: TEXT, received: Date.now(), sender: "nobody=" };
  const entry = {
    EventBusName: roomcast.outputs.EventBusName,
    Source: "roomcast",
    DetailType: "MessagePosted",
    Detail: JSON.stringify({ ...detail, trace: traceHeader }),
    TraceHeader: traceHeader,
  };
  const bus = new EventBridgeClient(roomcast.client);
  await bus.send(new PutEventsCommand({ Entries: [entry] }));
  bus.destroy();
  await bob.next({ type: "message", id });
  return { id, leave: bob.close };
};
const newTrace = () => `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;

test.each(Object.entries(traceChecks))("check %s holds of a message's trace", (_number, check) => {
  expect(check(message)).toEqual([]);
});

test("8, 20: no document of it is sent twice with another end, and none is too large as it is sent", async () => {
  const entries = await roomcast.record.find([String(message.documents[0]?.trace_id)], ["segment"]);
  const sent = entries.map(({ body }): Segment => JSON.parse(body));
  expect(sent.length).toBeGreaterThan(message.documents.length);
  expect(check8SentOnce(sent)).toEqual([]);
  expect(traceChecks[20]?.({ ...message, documents: sent })).toEqual([]);
  const [again] = sent;
  expect(check8SentOnce([...sent, { ...again!, end_time: 0 }])).toHaveLength(1);
});

test("17: of a message that is not sampled there is nothing, and of one that is there is every hop", async () => {
  const [unsampled, sampled] = [newTrace(), newTrace()];
  const silent = await putIn(`Root=${unsampled};Parent=53995c3f42cd8ad8;Sampled=0`);
  const told = await putIn(`Root=${sampled};Sampled=1`);
  const trace = await traceOf(told.id, { room: "backend", recipients: 2, throttled: 0 });
  expect(executionOf(trace)).toMatchObject({ trace_id: sampled });
  expect(executionOf(trace)).not.toHaveProperty("parent_id");
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18, 20])
    expect([number, traceChecks[number]?.(trace)]).toEqual([number, []]);
  // The sampled one was put later, and is there: by now the other would be too.
  expect(check17NothingUnsampled(await traces.documentsOf(unsampled))).toEqual([]);
  expect(check17NothingUnsampled(await traces.ofMessage(silent.id))).toEqual([]);
  await Promise.all([silent.leave(), told.leave()]);
});

test("19: two messages at the same time have nothing in common", async () => {
  const [ann, bob] = await Promise.all([roomcast.connect({ room: "pair" }), roomcast.connect({ room: "pair" })]);
  const asked = ["one", "two"].map(() => ann.ask({ message: "publish", room: "pair", data: TEXT }));
  const ids = (await Promise.all(asked)).map(({ id }) => id);
  const of = { room: "pair", recipients: 1, throttled: 0 };
  const [one, two] = (await Promise.all(ids.map((id) => traceOf(id, of)))) as [TracedMessage, TracedMessage];
  expect([check19NothingInCommon(one, two), check19NothingInCommon(two, one)]).toEqual([[], []]);
  // Lambda samples the first invocation of a second: the other's trace begins with the execution.
  for (const trace of [one, two])
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18, 20])
      expect([number, traceChecks[number]?.(trace)]).toEqual([number, []]);
  await Promise.all([ann.close(), bob.close()]);
});

/** Changes one segment or subsegment of the message's trace. */
const changing = (which: (segment: Segment) => boolean, change: object) => (documents: Segment[]) => {
  const found = partsOf(documents).find(({ segment }) => which(segment));
  Object.assign(found!.segment, change);
};
const isCall = (operation: string) => (segment: Segment) => segment.aws?.operation === operation;
const isRoot = (segment: Segment) => segment.origin === "AWS::Lambda" && !segment.parent_id;
const isExecution = (segment: Segment) => segment.origin === "AWS::StepFunctions::StateMachine";
const of = (status: number) => (segment: Segment) => segment.http?.response?.status === status;
const without = (origin: string) => (documents: Segment[]) => {
  documents.splice(
    documents.findIndex((document) => document.origin === origin),
    1,
  );
};

test.each<[number, (documents: Segment[]) => void]>([
  [1, changing(isExecution, { name: "Is that everyone?" })],
  [2, changing(isExecution, { trace_id: "1-67f4141f-e1cd7672871da115129f8b19" })],
  [3, (documents) => void documents.push(documents[0]!)],
  [4, changing(isExecution, { parent_id: undefined })],
  [5, without("AWS::StepFunctions::StateMachine")],
  [6, (documents) => changing(isRoot, { parent_id: documents.find(isExecution)!.id })(documents)],
  [7, changing(isCall("PostToConnection"), { start_time: 1e9 })],
  [8, changing(isExecution, { end_time: undefined, in_progress: true })],
  [9, changing(isCall("PutEvents"), { namespace: undefined })],
  [10, changing(isExecution, { parent_id: "53995c3f42cd8ad8" })],
  [11, changing(({ name }) => name === "Begin", { name: "Report" })],
  [12, (documents) => void documents.splice(documents.indexOf(postsOf({ ...message, documents })[0]!), 1)],
  [13, changing(isCall("PostToConnection"), { name: "Post" })],
  [14, changing(({ name }) => name === "DynamoDB", { aws: { operation: "GetItem", table_name: "other" } })],
  [15, changing(of(429), { throttle: false })],
  [16, changing(({ annotations }) => annotations?.messageId !== undefined, { annotations: {} })],
  [18, changing(({ fault }) => fault === true, { fault: false })],
  [20, changing(isExecution, { metadata: { text: TEXT } })],
])("check %i finds what it is there for", (number, change) => {
  const documents = structuredClone(message.documents) as Segment[];
  change(documents);
  expect(traceChecks[number]?.({ ...message, documents })).not.toEqual([]);
});
