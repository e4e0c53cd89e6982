import { setTimeout as wait } from "node:timers/promises";
import type { Member } from "../support/member.ts";
import { quickClock } from "../support/quick-clock.ts";
import { withReceiptQueue } from "../support/receipts.ts";
import type { startRoomcast, Template } from "../support/roomcast.ts";
import { operatorOf } from "./operator.ts";

type Roomcast = Awaited<ReturnType<typeof startRoomcast>>;

/** What is seen of each step, in words. A step that an earlier one made impossible is not there. */
export type Seen = ReadonlyMap<string, string>;

/** How the runtime is started for it: retries soon, none by the rule, and a queue to see the receipts in. */
export const forScenario = {
  executionClock: quickClock(50),
  change: (template: Template) => {
    withReceiptQueue(template);
    for (const { Type, Properties } of Object.values(template.Resources))
      if (Type === "AWS::Events::Rule")
        for (const target of Properties.Targets) target.RetryPolicy = { MaximumRetryAttempts: 0 };
  },
};

const ROOM = "scenario";
const leftBehind = { connectionId: "AAAAAAAAAAAAAAA=", room: ROOM, slot: "0", connectedAt: 0, expiresAt: 4e9 };
const impossible = { ...leftBehind, connectionId: "no connection's id", slot: "1" };

/**
 * Plays everything that Roomcast does once, at real sockets: two clients in a room, one in many, a connection that is
 * gone, a post that fails for good, an event that cannot be started.
 * @param patienceMs how long something that should happen is waited for
 */
export const playScenario = async (roomcast: Roomcast, patienceMs: number): Promise<Seen> => {
  const seen = new Map<string, string>();
  const operator = operatorOf(roomcast.client, patienceMs);
  const until = async (holds: () => Promise<boolean>) => {
    for (const end = Date.now() + patienceMs; Date.now() < end; await wait(20)) if (await holds()) return true;
    return false;
  };
  const connect = (step: string, query?: Record<string, string>) =>
    roomcast.connect(query).then(
      (member) => {
        seen.set(step, "open");
        return member;
      },
      (error: Error) => void seen.set(step, `refused: ${error.message.replace("Unexpected server response:", "HTTP")}`),
    );
  const ask = async (step: string, member: Member, frame: Record<string, unknown>) => {
    const ref = `${seen.size}`;
    member.send({ ...frame, ref });
    // API Gateway's own answer to a frame that no function answered has no `ref`.
    const answer = () => member.unread.find((each) => each.ref === ref || each.message === "Internal server error");
    await until(async () => answer() !== undefined);
    const { type, code, message } = answer() ?? { type: "no answer" };
    if (answer()) await member.next(answer());
    seen.set(step, code ?? type ?? message);
    return seen.get(step);
  };
  const hasRow = async (connectionId: unknown) =>
    (await roomcast.rows("connections")).some((row) => row.connectionId === connectionId);

  const ann = await connect("connect");
  if (ann) {
    await ask("an unknown route", ann, { message: "dance" });
    let joined = await ask("join", ann, { message: "join", room: "room-0" });
    for (let room = 1; room < 50 && joined === "joined"; room++)
      joined = await ask("join", ann, { message: "join", room: `room-${room}` });
    if (joined === "joined") await ask("join a 51st room", ann, { message: "join", room: "room-50" });
    await ann.close();
  }

  const bob = await connect("connect to a room", { room: ROOM });
  const bobsId = (await roomcast.rows("connections")).find(({ room }) => room === ROOM)?.connectionId;
  const carl = bob && (await roomcast.connect({ room: ROOM }));
  if (bob && carl) {
    await ask("ping", bob, { message: "ping" });
    await operator.putRows(leftBehind, impossible);
    if ((await ask("publish", bob, { message: "publish", room: ROOM, data: 1 })) === "ack") {
      const [delivered, receipt, failed, pruned] = await Promise.all([
        until(async () => carl.unread.some(({ seq }) => seq === 1)),
        operator.receive(`${roomcast.origin}/000000000000/receipts`),
        operator.receive(roomcast.outputs.UndeliveredQueueUrl!),
        until(async () => !(await hasRow(leftBehind.connectionId))),
      ]);
      const { delivered: served, gone, failed: lost } = receipt?.detail ?? {};
      seen.set("delivery", delivered ? "delivered" : "not delivered");
      seen.set("receipt", receipt ? `${served} delivered, ${gone} gone, ${lost} failed` : "none");
      seen.set("a post that fails for good", failed ? "dead-lettered" : "not dead-lettered");
      seen.set("a connection that is gone", pruned ? "pruned" : "stays in the table");
    }
    await ask("publish without naming the room", bob, { message: "publish", data: 2 });
    await ask("leave", carl, { message: "leave", room: ROOM });
    await Promise.all([bob.close(), carl.close()]);
    seen.set("disconnect", (await until(async () => !(await hasRow(bobsId)))) ? "no row left" : "its row stays");
  }

  await operator.putTooLarge(roomcast.outputs.EventBusName!);
  const notStarted = await operator.receive(roomcast.outputs.NotStartedQueueUrl!);
  seen.set("an event that cannot be started", notStarted ? "dead-lettered" : "lost");
  operator.end();
  return seen;
};
