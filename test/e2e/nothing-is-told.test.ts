import { CloudWatchClient, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logLinesOf } from "../support/log-groups.ts";
import { quickClock } from "../support/quick-clock.ts";
import { queueReader, withReceiptQueue } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { traceReader } from "../support/traces.ts";

const TEXT = "tell-it-to-nobody";
const SECRET = "keep-it-as-a-secret-of-mine";
const ROOM = "a-room-that-may-be-named";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let receipts: ReturnType<typeof queueReader>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    executionClock: quickClock(20),
    change: (template) => {
      withReceiptQueue(template);
      for (const { Properties } of Object.values(template.Resources))
        if (Properties?.Environment?.Variables?.TRACED_PERCENT) Properties.Environment.Variables.TRACED_PERCENT = "100";
    },
  });
  receipts = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
});
afterAll(async () => {
  receipts.close();
  await roomcast.stop();
});

/** Does something while a fault is on. */
const during = async (name: string, work: () => Promise<unknown>) => {
  const change = async (when: string | null) => {
    const { ok } = await fetch(`${roomcast.origin}/console/api/faults`, {
      method: "PUT",
      headers: { "content-type": "application/json", origin: roomcast.origin },
      body: JSON.stringify({ name, when }),
    });
    expect(ok).toBe(true);
  };
  await change("100%");
  await work();
  await change(null);
};

/** Publishes as a backend does. */
const request = async (detail: object) => {
  const bus = new EventBridgeClient(roomcast.client);
  const entry = { EventBusName: roomcast.outputs.EventBusName, Source: "roomcast", DetailType: "PublishRequested" };
  await bus.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] }));
  bus.destroy();
};

/** All documents of all traces. */
const traceDocuments = async (): Promise<string> => {
  const traces = traceReader(roomcast.client);
  const documents = await Promise.all((await traces.find()).map(traces.documents));
  traces.close();
  return documents.flat().join("\n");
};

const metrics = async (): Promise<string> => {
  const client = new CloudWatchClient(roomcast.client);
  const { Metrics = [] } = await client.send(new ListMetricsCommand({}));
  client.destroy();
  return JSON.stringify(Metrics);
};

test("what people say and their secrets are in no log line, trace or metric, whatever fails", {
  timeout: 60_000,
}, async () => {
  const ann = await roomcast.connect(
    { room: ROOM, token: `token-${SECRET}` },
    { protocols: ["roomcast.v1", `client.${SECRET}`, `bearer.${SECRET}`] },
  );
  const bob = await roomcast.connect({ room: ROOM, client: SECRET });
  await expect(roomcast.connect({ room: ROOM, client: SECRET.repeat(10) })).rejects.toThrow("400");
  const say = (fields: object = {}) => ann.ask({ message: "publish", room: ROOM, data: { text: TEXT }, ...fields });

  expect(await say()).toMatchObject({ type: "ack" });
  expect((await receipts.next()).detail).toMatchObject({ delivered: 1 });
  expect(await say({ data: TEXT.repeat(1_700) })).toMatchObject({ code: "TOO_LARGE" });
  expect(await say({ room: 7 })).toMatchObject({ code: "BAD_ROOM" });
  expect(await say({ message: TEXT })).toMatchObject({ code: "UNKNOWN_ROUTE" });
  ann.send(`{"message":"publish","data":"${TEXT}`);
  await ann.next({ code: "BAD_FRAME" });
  for (const fault of ["table.throttle", "bus.refuse", "bus.refuse-entry"])
    await during(fault, async () => expect(await say()).toMatchObject({ code: "UNAVAILABLE" }));
  await during("function.crash-before", async () => {
    ann.send({ message: "publish", room: ROOM, data: TEXT });
    await ann.next({ message: "Internal server error" });
  });
  await request({ room: ROOM, data: TEXT, from: { id: "" } });
  await request({ room: ROOM, data: TEXT, from: { id: "newsroom" } });
  expect((await receipts.next()).detail).toMatchObject({ delivered: 2 });
  await during("post.throttle", async () => {
    await say();
    expect((await receipts.next()).detail).toMatchObject({ failed: 1, throttled: 6 });
  });
  await bob.close();

  // What is written last: all else is there by then.
  await expect.poll(() => logLinesOf(roomcast.client)).toContain('"message":"Not delivered to all."');
  const told = {
    lines: await logLinesOf(roomcast.client),
    terminal: JSON.stringify(roomcast.logged),
    traces: await traceDocuments(),
    metrics: await metrics(),
  };
  for (const line of ["Posted.", "Refused.", "Refused a connection.", "A route failed.", "The invocation failed."])
    expect(told.lines).toContain(`"message":"${line}"`);
  for (const where of [told.lines, told.terminal, told.traces]) expect(where).toContain(ROOM);
  expect(told.metrics).toContain("Throttled");
  for (const [where, text] of Object.entries(told))
    expect([where, text.includes(TEXT), text.includes(SECRET)]).toEqual([where, false, false]);
});
