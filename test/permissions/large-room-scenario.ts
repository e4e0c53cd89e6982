import { slotOf } from "../../functions/protocol/slot.ts";
import { withQueueOf } from "../support/receipts.ts";
import type { Template } from "../support/roomcast.ts";
import type { operatorOf } from "./operator.ts";
import { withoutPresence } from "./presence-scenario.ts";
import type { notedSteps, Roomcast } from "./steps.ts";

/** What is seen of it when nothing is missing. */
export const LARGE_ROOM_IS_WELL = [
  ["connect to a room of more than a page", "open"],
  ["publish to a room of more than a page", "ack"],
  ["its receipt", "1 delivered, 58 gone, 1 failed"],
  ["a post to it that fails for good", "dead-lettered"],
  ["its audience", "kept"],
] as const;

const ROOM = "large";
const GONE = 58;

const RECEIPTS = "large-room-receipts";

/** A template with one more queue for receipts. */
export const forLargeRoom = (template: Template): void => withQueueOf("MessageDelivered", template, RECEIPTS);

const row = (connectionId: string) => ({
  connectionId,
  room: ROOM,
  slot: slotOf(connectionId),
  connectedAt: 0,
  expiresAt: 4e9,
});

/** Plays a message to a room that is served by child executions: nearly all of its connections are gone. */
export const playLargeRoom = async (
  { connect, ask, note, until }: ReturnType<typeof notedSteps>,
  roomcast: Roomcast,
  operator: ReturnType<typeof operatorOf>,
): Promise<void> => {
  await roomcast.putRows("presence", withoutPresence(ROOM));
  const gone = Array.from({ length: GONE }, (_, index) => row(`B${String(index).padStart(14, "A")}=`));
  await roomcast.putRows("connections", ...gone, row("not-a-connection"));
  const ann = await connect("connect to a room of more than a page", { room: ROOM });
  if (!ann) return;
  const bob = await roomcast.connect({ room: ROOM });
  const published = { message: "publish", room: ROOM, data: 1 };
  if ((await ask("publish to a room of more than a page", ann, published)) === "ack") {
    const isKept = async () => (await roomcast.rows("rooms")).some(({ audience }) => audience === GONE + 2);
    const [receipt, failed, kept] = await Promise.all([
      operator.receive(`${roomcast.origin}/000000000000/${RECEIPTS}`, ({ detail }) => detail.room === ROOM),
      operator.receive(roomcast.outputs.UndeliveredQueueUrl!, ({ message }) => message.room === ROOM),
      until(isKept),
    ]);
    const counts = receipt?.detail;
    note(
      "its receipt",
      counts ? `${counts.delivered} delivered, ${counts.gone} gone, ${counts.failed} failed` : "none",
    );
    note("a post to it that fails for good", failed ? "dead-lettered" : "not dead-lettered");
    note("its audience", kept ? "kept" : "not kept");
  }
  await Promise.all([ann.close(), bob.close()]);
};
