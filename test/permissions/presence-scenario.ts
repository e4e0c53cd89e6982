import { slotOf } from "../../functions/protocol/slot.ts";
import { withQueueOf } from "../support/receipts.ts";
import type { Template } from "../support/roomcast.ts";
import type { operatorOf } from "./operator.ts";
import type { notedSteps, Roomcast } from "./steps.ts";

/** What is seen of it when nothing is missing. */
export const PRESENCE_IS_WELL = [
  ["somebody who connects to a small room", "open"],
  ["a join by connecting", "told"],
  ["a change of presence on the bus", "put"],
  ["join a small room", "joined"],
  ["a join", "told"],
  ["typing", "told"],
  ["the leave of a connection that is gone", "told"],
  ["members", "members"],
  ["leave a small room", "left"],
  ["a leave", "told"],
  ["a disconnect", "told"],
  ["a room that is too large", "marked"],
] as const;

const ROOM = "presence";
const CROWDED = "presence-crowded";
const PRESENCE_MEMBERS = 5;

/** A template with a queue for what is told of presence, and with rooms that are soon too large for it. */
export const forPresence = (template: Template): void => {
  withQueueOf("PresenceChanged", template, "changes");
  for (const { Properties } of Object.values(template.Resources))
    if (Properties.Handler === "roster.handler")
      Properties.Environment.Variables.PRESENCE_MEMBERS = String(PRESENCE_MEMBERS);
};

/** Keeps presence out of a room, as if it were too large. */
export const withoutPresence = (room: string) => ({ room, row: "pace", crowdedUntil: 4e12 });

const row = (room: string, connectionId: string, connectedAt: number) => {
  const member = { memberId: connectionId, name: "ghost" };
  return { connectionId, room, slot: slotOf(connectionId), connectedAt, expiresAt: 4e9, ...member };
};

/** Plays who joins, leaves and types in a small room, each told by another function's doing; then a crowded room. */
export const playPresence = async (
  { connect, ask, note, until }: ReturnType<typeof notedSteps>,
  roomcast: Roomcast,
  operator: ReturnType<typeof operatorOf>,
): Promise<void> => {
  const watcher = await connect("somebody who connects to a small room", { room: ROOM, name: "watcher" });
  if (!watcher) return;
  const isTold = (list: "joined" | "left", name: string) =>
    until(() => watcher.told.some((frame) => frame[list]?.some((person: { name: string }) => person.name === name)));
  const told = async (step: string, holds: Promise<boolean>) => note(step, (await holds) ? "told" : "not told");
  /** Until no look is to come that would tell of the next step too: none is announced, and who has told looks no more. */
  const quiet = () =>
    until(async () => {
      const rows = await roomcast.rows("presence");
      const announced = rows.some(({ room, lookAt }) => room === ROOM && Number(lookAt ?? 0) >= Date.now());
      return !announced && operator.haveAllEnded("roompresence");
    });
  const [guest, late] = [await roomcast.connect({ name: "guest" }), await roomcast.connect({ name: "late" })];
  const steps: (() => Promise<string>)[] = [
    () => told("a join by connecting", isTold("joined", "watcher")),
    async () => {
      const change = await operator.receive(`${roomcast.origin}/000000000000/changes`);
      return note("a change of presence on the bus", change ? "put" : "not put");
    },
    async () => {
      await quiet();
      // Young enough not to be pruned by the post that tells of it.
      await roomcast.putRows("connections", row(ROOM, "AAAAAAAAAAAAAAE=", Date.now() + 60_000));
      return ask("join a small room", guest, { message: "join", room: ROOM });
    },
    () => told("a join", isTold("joined", "guest")),
    async () => {
      await quiet();
      await roomcast.putRows("connections", row(ROOM, "AAAAAAAAAAAAAAE=", 0));
      guest.send({ message: "typing", room: ROOM });
      return told(
        "typing",
        until(() => watcher.told.some(({ type }) => type === "typing")),
      );
    },
    () => told("the leave of a connection that is gone", isTold("left", "ghost")),
    () => ask("members", guest, { message: "members", room: ROOM }),
    async () => {
      await quiet();
      return ask("leave a small room", guest, { message: "leave", room: ROOM });
    },
    () => told("a leave", isTold("left", "guest")),
    async () => {
      await quiet();
      await late.ask({ message: "join", room: ROOM });
      await isTold("joined", "late");
      await quiet();
      await late.close();
      return told("a disconnect", isTold("left", "late"));
    },
    async () => {
      const crowd = Array.from({ length: PRESENCE_MEMBERS }, (_, index) => row(CROWDED, `AAAAAAAAAAAAAA${index}=`, 0));
      await roomcast.putRows("connections", ...crowd);
      await guest.ask({ message: "join", room: CROWDED });
      const marked = async () =>
        (await roomcast.rows("presence")).some(({ room, crowdedUntil }) => room === CROWDED && crowdedUntil);
      return note("a room that is too large", (await until(marked)) ? "marked" : "not marked");
    },
  ];
  // The steps after one that does not go as it should rest on it.
  const well = new Set<string>(PRESENCE_IS_WELL.map(([, what]) => what));
  for (const step of steps) if (!well.has(await step())) break;
  await Promise.all([watcher.close(), guest.close()]);
};
