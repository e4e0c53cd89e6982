import { quickClock } from "../support/quick-clock.ts";
import { withReceiptQueue } from "../support/receipts.ts";
import type { Template } from "../support/roomcast.ts";
import { BACKENDS_ARE_WELL, failingRequest, forBackends, playBackends } from "./backend-scenario.ts";
import { BUSY_ROOM_IS_WELL, playBusyRoom } from "./busy-room-scenario.ts";
import { forLargeRoom, LARGE_ROOM_IS_WELL, playLargeRoom } from "./large-room-scenario.ts";
import { operatorOf } from "./operator.ts";
import { forPeople, PEOPLE_ARE_WELL, playPeople } from "./people-scenario.ts";
import { forPresence, PRESENCE_IS_WELL, playPresence, withoutPresence } from "./presence-scenario.ts";
import { notedSteps, type Roomcast, type Seen } from "./steps.ts";

/** What is seen when nothing is missing. */
export const ALL_IS_WELL: Seen = new Map([
  ["connect", "open"],
  ["an unknown route", "UNKNOWN_ROUTE"],
  ["join", "joined"],
  ["join a 51st room", "TOO_MANY_ROOMS"],
  ["connect to a room", "open"],
  ["ping", "pong"],
  ["publish", "ack"],
  ["delivery", "delivered"],
  ["receipt", "1 delivered, 1 gone, 1 failed"],
  ["its metrics", "counted"],
  ["a post that fails for good", "dead-lettered"],
  ["a connection that is gone", "pruned"],
  ["publish without naming the room", "ack"],
  ["history", "history"],
  ["history of a room that is new", "history"],
  ["leave", "left"],
  ["disconnect", "no row left"],
  ["an event that cannot be started", "dead-lettered"],
  ...LARGE_ROOM_IS_WELL,
  ...PRESENCE_IS_WELL,
  ...BACKENDS_ARE_WELL,
  ...BUSY_ROOM_IS_WELL,
  ...PEOPLE_ARE_WELL,
  ["the chat page", "200"],
]);

/** How the runtime is started for it: retries soon, none by the rule, and a queue to see the receipts in. */
export const forScenario = {
  // Not faster: a child execution has 55 s, and they pass as quickly.
  executionClock: quickClock(5),
  wrapped: failingRequest,
  change: (template: Template) => {
    withReceiptQueue(template);
    forLargeRoom(template);
    forPresence(template);
    forBackends(template);
    forPeople(template);
    for (const { Type, Properties } of Object.values(template.Resources))
      if (Type === "AWS::Events::Rule")
        for (const target of Properties.Targets) target.RetryPolicy = { MaximumRetryAttempts: 0 };
  },
};

const ROOM = "scenario";
const leftBehind = { connectionId: "AAAAAAAAAAAAAAA=", room: ROOM, slot: "0", connectedAt: 0, expiresAt: 4e9 };
const impossible = { ...leftBehind, connectionId: "no-connection", slot: "1" };

/**
 * Plays everything that Roomcast does once: a client in many rooms, two in one, a connection that is gone, a post that
 * fails for good, an event that cannot be started, a room that is served by child executions, who is told of presence,
 * a backend that publishes, a room that is too busy, people who send too much, whose token expires, who are kicked, and who open the chat page.
 * @param patienceMs how long something that should happen is waited for
 */
export const playScenario = async (roomcast: Roomcast, patienceMs: number): Promise<Seen> => {
  const steps = notedSteps(roomcast, patienceMs);
  const operator = operatorOf(roomcast.client, patienceMs);
  await oneInManyRooms(steps, operator, roomcast);
  await twoInARoom(steps, operator, roomcast);
  await operator.putTooLarge(roomcast.outputs.EventBusName!);
  const notStarted = await operator.receive(roomcast.outputs.NotStartedQueueUrl!);
  steps.note("an event that cannot be started", notStarted ? "dead-lettered" : "lost");
  await playLargeRoom(steps, roomcast, operator);
  await playPresence(steps, roomcast, operator);
  await playBackends(steps, roomcast, operator);
  await playBusyRoom(steps, roomcast, operator);
  await playPeople(steps, roomcast, operator);
  steps.note("the chat page", String((await fetch(`${roomcast.origin}/`)).status));
  operator.end();
  return steps.seen;
};

type Steps = ReturnType<typeof notedSteps>;

const oneInManyRooms = async ({ connect, ask }: Steps, operator: ReturnType<typeof operatorOf>, roomcast: Roomcast) => {
  const ann = await connect("connect");
  if (!ann) return;
  await ask("an unknown route", ann, { message: "dance" });
  const join = (step: string, room: number) => ask(step, ann, { message: "join", room: `room-${room}` });
  if ((await join("join", 1)) === "joined") {
    const [row] = await roomcast.rows("connections");
    await operator.putRows(...Array.from({ length: 49 }, (_, index) => ({ ...row, room: `room-${index + 2}` })));
    await join("join a 51st room", 51);
  }
  await ann.close();
};

const twoInARoom = async (steps: Steps, operator: ReturnType<typeof operatorOf>, roomcast: Roomcast) => {
  const { connect, ask, note, until } = steps;
  // Presence would find the connection that is gone before a message does.
  await roomcast.putRows("presence", withoutPresence(ROOM));
  const bob = await connect("connect to a room", { room: ROOM });
  if (!bob) return;
  const [row] = (await roomcast.rows("connections")).filter(({ room }) => room === ROOM);
  const isGone = async (connectionId: unknown) =>
    (await roomcast.rows("connections")).every((each) => each.connectionId !== connectionId);
  const carl = await roomcast.connect({ room: ROOM });

  await ask("ping", bob, { message: "ping" });
  await operator.putRows(leftBehind, impossible);
  if ((await ask("publish", bob, { message: "publish", room: ROOM, data: 1 })) === "ack") {
    const [delivered, receipt, failed, pruned] = await Promise.all([
      until(() => carl.unread.some(({ seq }) => seq === 1)),
      operator.receive(`${roomcast.origin}/000000000000/receipts`),
      operator.receive(roomcast.outputs.UndeliveredQueueUrl!),
      until(() => isGone(leftBehind.connectionId)),
    ]);
    const counts = receipt?.detail;
    note("delivery", delivered ? "delivered" : "not delivered");
    note("receipt", counts ? `${counts.delivered} delivered, ${counts.gone} gone, ${counts.failed} failed` : "none");
    const isCounted = () =>
      roomcast.logged.some(
        ({ from, details }) =>
          from === "lambda/receipts" && details?.correlation_id === counts.id && details?.Delivered,
      );
    if (counts) note("its metrics", (await until(isCounted)) ? "counted" : "not counted");
    note("a post that fails for good", failed ? "dead-lettered" : "not dead-lettered");
    note("a connection that is gone", pruned ? "pruned" : "stays in the table");
  }
  await ask("publish without naming the room", bob, { message: "publish", data: 2 });
  await operator.takeNumber(ROOM);
  await ask("history", bob, { message: "history", room: ROOM, after: 0 });
  const dora = await roomcast.connect({ room: "nobody-spoke-here" });
  await ask("history of a room that is new", dora, { message: "history", room: "nobody-spoke-here", after: 0 });
  await dora.close();
  await ask("leave", carl, { message: "leave", room: ROOM });
  await Promise.all([bob.close(), carl.close()]);
  note("disconnect", (await until(() => isGone(row?.connectionId))) ? "no row left" : "its row stays");
};
