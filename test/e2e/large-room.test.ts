import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { payloadLimit } from "../../local/stepfunctions/asl/payload.ts";
import { queueReader, withReceiptQueue } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";

const MEMBERS = 2_500;

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    change: (template) => {
      withReceiptQueue(template);
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
  expect(detail).toMatchObject({ id, recipients: MEMBERS, delivered: MEMBERS, gone: 0, failed: 0 });
  // Delivered is what the sockets' buffers took: the last frames are still on their way to this process.
  await expect.poll(() => members.filter(({ ids }) => ids.includes(id)).length).toBe(MEMBERS);
  expect(members.filter(({ ids }) => ids.length > 1)).toEqual([]);

  const states = roomcast.logged.filter(({ details }) => details?.execution_arn !== undefined);
  expect(states.filter(({ details }) => /Query a page/.test(JSON.stringify(details))).length).toBeGreaterThan(5);
  const sizes = states.map(({ details }) => Buffer.byteLength(JSON.stringify(details)));
  expect(Math.max(...sizes)).toBeLessThan(payloadLimit / 2);
  for (const { socket } of members) socket.terminate();
});
