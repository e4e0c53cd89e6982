import { once } from "node:events";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { BatchGetTracesCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { slotOf } from "../../functions/protocol/slot.ts";
import { payloadLimit } from "../../local/stepfunctions/asl/payload.ts";
import { queueReader, withReceiptQueue } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { withoutLimits } from "../support/without-limits.ts";

const MEMBERS = 2_500;

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    change: (template) => {
      withReceiptQueue(template);
      withoutLimits(template);
      // Every state's input and output is logged, so that the largest can be measured.
      for (const { Type, Properties } of Object.values(template.Resources))
        if (Type.endsWith("StateMachine"))
          Object.assign(Properties.LoggingConfiguration, { Level: "ALL", IncludeExecutionData: true });
    },
  });
});
afterAll(() => roomcast.stop());

/** Connects a member that remembers the messages it gets. */
const connectMember = async () => {
  const socket = new WebSocket(`${roomcast.endpoint}?room=large`);
  const ids: string[] = [];
  socket.on("message", (data) => {
    const { type, id } = JSON.parse(String(data));
    if (type === "message") ids.push(id);
  });
  await once(socket, "open");
  return { socket, ids };
};

test("2,500 members each get a message, page by page, and no state is near 256 KiB", { timeout: 180_000 }, async () => {
  const members: Awaited<ReturnType<typeof connectMember>>[] = [];
  while (members.length < MEMBERS) members.push(...(await Promise.all(Array.from({ length: 50 }, connectMember))));
  const ann = await roomcast.connect({ room: "large" });
  const { id } = await ann.ask({ message: "publish", data: "x".repeat(20_000) });

  const receipts = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
  const { detail } = await receipts.next();
  receipts.close();
  expect(detail).toMatchObject({ id, recipients: MEMBERS, delivered: MEMBERS, gone: 0, failed: 0, throttled: 0 });
  // Delivered is what the sockets' buffers took: the last frames are still on their way to this process.
  await expect.poll(() => members.filter(({ ids }) => ids.includes(id)).length, { timeout: 60_000 }).toBe(MEMBERS);
  expect(members.filter(({ ids }) => ids.length > 1)).toEqual([]);

  const states = roomcast.logged.filter(({ details }) => details?.execution_arn !== undefined);
  expect(states.filter(({ details }) => /Query a page/.test(JSON.stringify(details))).length).toBeGreaterThan(5);
  const sizes = states.map(({ details }) => Buffer.byteLength(JSON.stringify(details)));
  expect(Math.max(...sizes)).toBeLessThan(payloadLimit / 2);
  for (const { socket } of members) socket.terminate();
});

test("of a large room's posts about twenty are traced, as many as a trace has room for", {
  timeout: 180_000,
}, async () => {
  const rows = Array.from({ length: 200 }, (_, index) => {
    const connectionId = `T${String(index).padStart(14, "A")}=`;
    return { connectionId, room: "traced", slot: slotOf(connectionId), connectedAt: 0, expiresAt: 4e9 };
  });
  await roomcast.putRows("connections", ...rows);
  const trace = "Root=1-69000000-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1";
  const detail = { id: "01M844QEWP6FNAXH63TWBHB0JJ", room: "traced", seq: 1, data: 1, sender: "nobody", trace };
  const entry = {
    EventBusName: roomcast.outputs.EventBusName,
    Source: "roomcast",
    DetailType: "MessagePosted",
    Detail: JSON.stringify({ ...detail, from: { id: "guest", name: "" }, received: Date.now() }),
    TraceHeader: trace,
  };
  const bus = new EventBridgeClient(roomcast.client);
  await bus.send(new PutEventsCommand({ Entries: [entry] }));
  bus.destroy();
  const receipts = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
  expect((await receipts.next()).detail).toMatchObject({ room: "traced", recipients: 200, gone: 200 });
  receipts.close();

  const xray = new XRayClient(roomcast.client);
  const found = await xray.send(new BatchGetTracesCommand({ TraceIds: ["1-69000000-0123456789abcdef01234567"] }));
  xray.destroy();
  const documents = (found.Traces?.[0]?.Segments ?? []).map(({ Document }) => JSON.parse(Document!));
  const posts = documents.filter(({ origin }) => origin === "AWS::Lambda").length;
  expect(posts).toBeGreaterThanOrEqual(20);
  // A post that is tried again is traced again.
  expect(posts).toBeLessThan(60);
});
