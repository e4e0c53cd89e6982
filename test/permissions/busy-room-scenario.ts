import type { operatorOf } from "./operator.ts";
import type { notedSteps, Roomcast } from "./steps.ts";

/** What is seen of it when nothing is missing. */
export const BUSY_ROOM_IS_WELL = [
  ["connect to a busy room", "open"],
  ["publish in a busy room", "RATE_LIMITED"],
  ["a backend's request to a busy room", "RATE_LIMITED"],
] as const;

const ROOM = "busy";
const FROM = { id: "newsroom" };

/** Plays a client and a backend who publish in a room that owes too much to be served. */
export const playBusyRoom = async (
  { connect, ask, note }: ReturnType<typeof notedSteps>,
  roomcast: Roomcast,
  operator: ReturnType<typeof operatorOf>,
): Promise<void> => {
  await roomcast.putRows("rooms", { room: ROOM, epoch: "epoch", seq: 0, busyUntil: 4e12 });
  const ann = await connect("connect to a busy room", { room: ROOM });
  if (!ann) return;
  await ask("publish in a busy room", ann, { message: "publish", room: ROOM, data: 1 });
  await operator.putEvent(roomcast.outputs.EventBusName!, "PublishRequested", { room: ROOM, from: FROM, data: 2 });
  const refusals = `${roomcast.origin}/000000000000/refusals`;
  const refusal = await operator.receive(refusals, ({ detail }) => detail.code === "RATE_LIMITED");
  note("a backend's request to a busy room", refusal ? refusal.detail.code : "not answered");
  await ann.close();
};
