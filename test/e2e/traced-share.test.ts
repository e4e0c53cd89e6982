import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isTraced } from "../../functions/protocol/tracing.ts";
import { queueReader, withQueueOf, withReceiptQueue } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";
import { traceReader, withSubsegments } from "../support/traces.ts";
import { withoutPresence } from "../support/without-presence.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let traces: ReturnType<typeof traceReader>;
let receipts: ReturnType<typeof queueReader>;
let posted: ReturnType<typeof queueReader>;

beforeAll(async () => {
  roomcast = await startRoomcast({
    change: (template) => {
      withReceiptQueue(template);
      withQueueOf("MessagePosted", template, "posted");
      withoutPresence(template);
      const shares = { "publish.handler": "50", "publish-requested.handler": "100" };
      for (const [handler, share] of Object.entries(shares)) {
        const lambda = Object.values(template.Resources).find(({ Properties }) => Properties?.Handler === handler)!;
        lambda.Properties.Environment.Variables.TRACED_PERCENT = share;
      }
    },
  });
  traces = traceReader(roomcast.client);
  receipts = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
  posted = queueReader(roomcast.client, `${roomcast.origin}/000000000000/posted`);
});
afterAll(async () => {
  for (const { close } of [traces, receipts, posted]) close();
  await roomcast.stop();
});

/** All that is recorded of the message of that announcement, once it says that much. */
const recordedOf = async (trace: string, parts: number) => {
  const [, id = ""] = /Root=([^;]+)/.exec(trace)!;
  let recorded = withSubsegments(await traces.documents(id));
  await expect
    .poll(async () => {
      recorded = withSubsegments(await traces.documents(id));
      return recorded.filter(({ name }) => isOf("post", name)).length;
    })
    .toBe(parts);
  return recorded;
};

/** Whether a subsegment is what that function says of an invocation. */
const isOf = (handler: string, name: string) => name.startsWith(`## Roomcast-dev-functions${handler}`);

const MACHINE = "AWS::StepFunctions::StateMachine";

test("of messages the share is traced that their ids decide, whatever Lambda has sampled", async () => {
  const ann = await roomcast.connect({ room: "half" });
  const bob = await roomcast.connect({ room: "half" });
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push((await ann.ask({ message: "publish", data: n })).id);
  for (const _ of ids) await receipts.next();
  const announced = await Promise.all(ids.map(async () => (await posted.next()).detail));
  expect(announced.map(({ id }) => id).sort()).toEqual(ids.sort());
  for (const { id, trace } of announced) {
    const traced = isTraced(id, 50);
    expect(trace).toMatch(traced ? /;Sampled=1$/ : /;Sampled=0$/);
    const recorded = await recordedOf(trace, traced ? 1 : 0);
    expect(recorded.some(({ origin }) => origin === MACHINE)).toBe(traced);
    // Where the function was not sampled, the trace begins at the state machine.
    const known = new Set(recorded.map((part) => part.id));
    const roots = recorded.filter(({ parent_id }) => parent_id === undefined);
    expect(recorded.filter(({ parent_id }) => parent_id && !known.has(parent_id))).toEqual([]);
    expect(roots).toHaveLength(recorded.length > 0 ? 1 : 0);
  }
  await bob.close();
});

/** Has a backend publish to a room, whose messages are all traced. */
const publishRequest = async (room: string, data: string) => {
  const bus = new EventBridgeClient(roomcast.client);
  const Detail = JSON.stringify({ room, data, from: { id: "newsroom" } });
  const entry = { EventBusName: roomcast.outputs.EventBusName, Source: "roomcast", DetailType: "PublishRequested" };
  await bus.send(new PutEventsCommand({ Entries: [{ ...entry, Detail }] }));
  bus.destroy();
};

test("a message whose publishing is sampled too is one trace from the function on, through the call of the bus", async () => {
  const bob = await roomcast.connect({ room: "whole" });
  await publishRequest("whole", "news");
  const { id } = await bob.next({ type: "message", data: "news" });
  await receipts.next();
  const { detail } = await posted.next();
  const recorded = await recordedOf(detail.trace, 1);

  const put = recorded.find(({ name }) => name === "EventBridge")!;
  expect(recorded.find(({ origin }) => origin === MACHINE)).toMatchObject({ parent_id: put.id });
  const annotationsOf = (handler: string) => recorded.find(({ name }) => isOf(handler, name))?.annotations;
  expect(annotationsOf("publishrequested")).toMatchObject({ room: "whole", messageId: id, outcome: "posted" });
  expect(annotationsOf("post")).toMatchObject({ room: "whole", messageId: id, outcome: "delivered" });
  expect(await traces.find(`annotation.messageId = "${id}"`)).toHaveLength(1);
});

test("of a room of a whole page twenty posts are traced, since a trace is kept up to 100 KB", async () => {
  const members = await Promise.all(Array.from({ length: 49 }, () => roomcast.connect({ room: "page" })));
  await publishRequest("page", "news");
  expect((await receipts.next()).detail).toMatchObject({ room: "page", recipients: 49, delivered: 49 });
  const { detail } = await posted.next();
  await recordedOf(detail.trace, 20);
  const [, id = ""] = /Root=([^;]+)/.exec(detail.trace)!;
  const bytes = Buffer.byteLength((await traces.documents(id)).join(""));
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(100_000);
  for (const { socket } of members) socket.terminate();
});
