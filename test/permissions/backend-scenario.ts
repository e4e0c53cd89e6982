import { withQueueOf } from "../support/receipts.ts";
import type { Template } from "../support/roomcast.ts";
import type { operatorOf } from "./operator.ts";
import type { notedSteps, Roomcast } from "./steps.ts";

/** What is seen of publishing by events when nothing is missing. */
export const BACKENDS_ARE_WELL = [
  ["connect to a room that a backend publishes to", "open"],
  ["a backend's request", "delivered"],
  ["a backend's wrong request", "BAD_ROOM"],
  ["a backend's request that fails", "kept"],
] as const;

const ROOM = "backend";
const FAILS = "fails on purpose";

/** A function that fails for one request, by its name. */
export const failingRequest = {
  "publish-requested": `export const handler = async (event, context) => {
    if (event.detail.data === "${FAILS}") throw new Error("${FAILS}");
    return real.handler(event, context);
  };`,
};

/** A template with a queue for refusals, and with nothing tried twice. */
export const forBackends = (template: Template): void => {
  withQueueOf("PublishRefused", template, "refusals");
  for (const { Type, Properties } of Object.values(template.Resources))
    if (Type === "AWS::Lambda::EventInvokeConfig") Properties.MaximumRetryAttempts = 0;
};

/** Plays a backend whose requests are done, are refused, and fail. */
export const playBackends = async (
  { connect, note, until }: ReturnType<typeof notedSteps>,
  roomcast: Roomcast,
  operator: ReturnType<typeof operatorOf>,
): Promise<void> => {
  const listener = await connect("connect to a room that a backend publishes to", { room: ROOM });
  if (!listener) return;
  const request = (fields: object) =>
    operator.putEvent(roomcast.outputs.EventBusName!, "PublishRequested", {
      room: ROOM,
      from: { id: "newsroom" },
      ...fields,
    });
  await request({ data: "news" });
  const delivered = await until(() => listener.unread.some(({ data }) => data === "news"));
  note("a backend's request", delivered ? "delivered" : "not delivered");
  await request({ room: "", data: "news" });
  const refusal = await operator.receive(`${roomcast.origin}/000000000000/refusals`);
  note("a backend's wrong request", refusal?.detail.code ?? "not answered");
  await request({ data: FAILS });
  const kept = await operator.receive(roomcast.outputs.UnpublishedQueueUrl!);
  note("a backend's request that fails", kept ? "kept" : "lost");
  await listener.close();
};
