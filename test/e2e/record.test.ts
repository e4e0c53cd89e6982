import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createRunRecord } from "../../local/record/create-record.ts";
import { decodeExecution } from "../../local/record/execution-record.ts";
import type { RecordKind } from "../../local/record/record.ts";
import { manualClock } from "../support/manual-clock.ts";
import { quickClock } from "../support/quick-clock.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";

type Roomcast = Awaited<ReturnType<typeof startRoomcast>>;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const started = async (options: Parameters<typeof startRoomcast>[0] = {}): Promise<Roomcast> => {
  const roomcast = await startRoomcast(options);
  ends.push(roomcast.stop);
  return roomcast;
};

const traceAll = (template: Template) => {
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties.Environment?.Variables;
    if (variables?.TRACED_PERCENT) variables.TRACED_PERCENT = "100";
  }
};

/** Publishes a message to a room of one author and so many others, and waits until all have it. @returns its id */
const publish = async ({ connect }: Roomcast, others: number): Promise<string> => {
  const room = "lobby";
  const listeners = await Promise.all(Array.from({ length: others }, () => connect({ room })));
  const author = await connect({ room });
  const { id } = await author.ask({ message: "publish", data: "hello" });
  await Promise.all(listeners.map((listener) => listener.next({ type: "message", id })));
  return id;
};

const fanoutOf = async ({ record }: Pick<Roomcast, "record">, id: string) => {
  const executions = (await record.find([id], ["execution"])).map(({ body }) => decodeExecution(body));
  return executions.find(({ stateMachine }) => stateMachine.includes("roomfanout"));
};

test("a message that was published is found by its id: its event and receipt, its lines, its trace and its execution", async () => {
  const roomcast = await started({ change: traceAll });
  const id = await publish(roomcast, 3);
  await expect.poll(() => fanoutOf(roomcast, id)).toBeDefined();
  const found = async (kind: RecordKind) =>
    (await roomcast.record.find([id], [kind])).map(({ body }) => JSON.parse(body));

  expect((await found("event")).map((event) => event["detail-type"])).toEqual(["MessagePosted", "MessageDelivered"]);
  expect(await found("log")).toContainEqual(expect.objectContaining({ correlation_id: id }));
  await expect.poll(async () => (await found("segment")).length).toBeGreaterThan(0);

  const fanout = await fanoutOf(roomcast, id);
  const posts = fanout?.entries.filter(({ state }) => state === "Post");
  expect(posts).toHaveLength(3);
  const connections = (await roomcast.rows("connections")).map(({ connectionId }) => connectionId);
  for (const post of posts ?? []) {
    expect(connections).toContain((post.input as { connectionId: string }).connectionId);
    expect(post).toMatchObject({ outcome: "succeeded", output: "delivered", failures: [] });
  }
});

test("the execution tells which connection was posted to how often, and by which errors", async () => {
  const failing = `
    let failed = false;
    export const handler = async (event, context) => {
      if (event.frame.type === "message" && !failed && (failed = true))
        throw Object.assign(new Error("This post fails on purpose."), { name: "LimitExceededException" });
      return real.handler(event, context);
    };`;
  const roomcast = await started({ wrapped: { post: failing }, executionClock: quickClock(20) });
  const id = await publish(roomcast, 1);
  await expect.poll(() => fanoutOf(roomcast, id)).toBeDefined();
  const fanout = await fanoutOf(roomcast, id);
  const posts = fanout?.entries.filter(({ state }) => state === "Post") ?? [];
  // Each environment of the function fails once, and there may be several.
  const outcomes = posts.map(({ outcome, failures }) => [outcome, failures.at(-1)?.error]);
  expect(outcomes.at(-1)).toEqual(["succeeded", undefined]);
  expect(outcomes.at(0)).toEqual(["caught", "LimitExceededException"]);
  expect(new Set(posts.map(({ input }) => (input as { connectionId: string }).connectionId)).size).toBe(1);
});

test("what was recorded is there after a restart, and gone after a fresh start", async () => {
  const data = await mkdtemp(join(tmpdir(), "roomcast-record-"));
  ends.push(() => rm(data, { recursive: true }));
  const first = await startRoomcast({ data });
  const id = await publish(first, 1);
  await first.stop();
  const record = await createRunRecord({ directory: join(data, "record"), clock: manualClock(), log: () => {} });
  expect(await record.find([id])).not.toEqual([]);
  await record.stop();
  const fresh = await started({ data, fresh: true });
  expect(await fresh.record.find([id])).toEqual([]);
});

test("without a record nothing is recorded, and messages are delivered", async () => {
  const roomcast = await started({ record: false });
  const id = await publish(roomcast, 1);
  expect(await roomcast.record.find([id])).toEqual([]);
  expect(await roomcast.record.latest("event", 10)).toEqual([]);
});
