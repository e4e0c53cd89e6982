import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MessageSummary } from "../../../console/contract.ts";
import { createMessages, type Messages } from "../../../console/server/messages.ts";
import { createRunRecord } from "../../../local/record/create-record.ts";
import { type ExecutionStatus, encodeExecution } from "../../../local/record/execution-record.ts";
import type { RunRecord } from "../../../local/record/record.ts";
import { manualClock } from "../../support/manual-clock.ts";

let directory: string;
let clock: ReturnType<typeof manualClock>;
let record: RunRecord;
let messages: Messages;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "record-"));
  clock = manualClock();
  record = await createRunRecord({ directory, clock, log: () => {} });
  messages = createMessages({ record, clock, log: () => {} });
});
afterEach(async () => {
  await record.stop();
  await rm(directory, { recursive: true });
});

const putEvent = (type: string, { id, ...detail }: { id: string; [field: string]: unknown }) => {
  const body = { source: "roomcast", "detail-type": type, detail: { id, room: "lobby", ...detail } };
  record.write({ at: clock.now(), kind: "event", source: "bus", body: JSON.stringify(body) }, [id, "lobby"]);
};
const post = (id: string, seq = 1) =>
  putEvent("MessagePosted", { id, seq, from: { id: "a", name: "ann" }, received: clock.now(), data: "secret" });
const deliver = (id: string) => putEvent("MessageDelivered", { id, recipients: 1, delivered: 1, durationMs: 5 });
const end = (id: string, status: ExecutionStatus) => {
  const stateMachine = "Roomcast-dev-fanoutroomfanout0A1B2C3D";
  const times = { startedAt: clock.now(), endedAt: clock.now() };
  const head = { executionArn: "arn", stateMachine, status, ...times, states: [], entriesLeftOut: 0 };
  const body = encodeExecution({ ...head, input: { detail: { id } } }, []);
  record.write({ at: clock.now(), kind: "execution", source: stateMachine, body }, [id]);
};
/** Waits until all is in the record, which is when it is heard. */
const written = () => record.bytes();
const statesOf = (heard: readonly MessageSummary[]) => heard.map(({ id, state }) => [id, state]);

test("a message is heard as it is posted, and again with its receipt", async () => {
  const heard: MessageSummary[] = [];
  messages.follow((message) => heard.push(message));
  post("one");
  deliver("one");
  await written();
  expect(statesOf(heard)).toEqual([
    ["one", "running"],
    ["one", "delivered"],
  ]);
  expect(JSON.stringify(heard)).not.toContain("secret");
});

test("a message whose fan-out fails is heard to have failed, but not one that is begun again", async () => {
  const heard: MessageSummary[] = [];
  messages.follow((message) => heard.push(message));
  for (const id of ["one", "two"]) post(id);
  end("one", "FAILED");
  end("two", "ABORTED");
  await written();
  expect(statesOf(heard)).toEqual([
    ["one", "running"],
    ["two", "running"],
    ["one", "failed"],
  ]);
});

test("a receipt is heard with its message though that was posted before anybody listened", async () => {
  post("one");
  await written();
  const heard: MessageSummary[] = [];
  messages.follow((message) => heard.push(message));
  deliver("one");
  await written();
  await expect.poll(() => statesOf(heard)).toEqual([["one", "delivered"]]);
});

test("nothing is heard after the end", async () => {
  const heard: MessageSummary[] = [];
  messages.follow((message) => heard.push(message))();
  post("one");
  await written();
  expect(heard).toEqual([]);
});

test("the latest are listed with how each stands; an event that came twice is one message", async () => {
  for (const [index, id] of ["one", "two", "three"].entries()) {
    post(id, index + 1);
    await clock.advance(10);
  }
  post("three", 3);
  deliver("one");
  end("two", "TIMED_OUT");
  expect(statesOf(await messages.latest({ limit: 10 }))).toEqual([
    ["three", "running"],
    ["two", "failed"],
    ["one", "delivered"],
  ]);
  expect(statesOf(await messages.latest({ limit: 1, room: "lobby" }))).toEqual([["three", "running"]]);
  expect(await messages.latest({ limit: 10, room: "another" })).toEqual([]);
});
