import {
  DescribeReplayCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListRulesCommand,
  StartReplayCommand,
} from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../client/index.ts";
import { queueReader, withReceiptQueue } from "../support/receipts.ts";
import { startRoomcast } from "../support/roomcast.ts";

const ROOM = "lobby";
let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let events: EventBridgeClient;
let receipts: ReturnType<typeof queueReader>;
beforeAll(async () => {
  roomcast = await startRoomcast({ change: withReceiptQueue });
  events = new EventBridgeClient(roomcast.client);
  receipts = queueReader(roomcast.client, `${roomcast.origin}/000000000000/receipts`);
});
afterAll(async () => {
  events?.destroy();
  receipts?.close();
  await roomcast?.stop();
});

/** Replays the last hour to the rule that starts the fan-out, as `docs/operations.md` says, and waits until it is done. */
const replayLastHour = async (ReplayName: string): Promise<void> => {
  const EventBusName = roomcast.outputs.EventBusName;
  const { Archives = [] } = await events.send(new ListArchivesCommand({}));
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  const [archive] = Archives;
  const rule = Rules.find(({ EventPattern, ManagedBy }) => EventPattern?.includes("MessagePosted") && !ManagedBy);
  await events.send(
    new StartReplayCommand({
      ReplayName,
      EventSourceArn: `${archive!.EventSourceArn!.split(":event-bus/")[0]}:archive/${archive!.ArchiveName}`,
      EventStartTime: new Date(Date.now() - 3_600_000),
      EventEndTime: new Date(Date.now() + 60_000),
      Destination: { Arn: archive!.EventSourceArn, FilterArns: [rule!.Arn!] },
    }),
  );
  const state = async () => (await events.send(new DescribeReplayCommand({ ReplayName }))).State;
  await expect.poll(state).toBe("COMPLETED");
};

test("a replay posts the messages again to who is there now; a client gives each out once", async () => {
  const [ann, bob] = [await roomcast.connect({ room: ROOM }), await roomcast.connect({ room: ROOM })];
  const chat = connect(roomcast.endpoint, { name: "carl" });
  const said: unknown[] = [];
  const lobby = chat.join(ROOM);
  lobby.on("message", ({ data }) => void said.push(data));
  await expect.poll(() => lobby.state).toBe("joined");
  const { id } = await ann.ask({ message: "publish", room: ROOM, data: "once" });
  const first = await bob.next({ type: "message", id });
  expect(await receipts.next()).toMatchObject({ detail: { id, delivered: 2 } });
  const dora = await roomcast.connect({ room: ROOM });

  await replayLastHour("again");
  expect(await bob.next({ type: "message", id })).toEqual(first);
  expect(await dora.next({ type: "message", id })).toEqual(first);
  expect(await receipts.next()).toMatchObject({ detail: { id, delivered: 3 } });

  await ann.ask({ message: "publish", room: ROOM, data: "last" });
  await expect.poll(() => said).toEqual(["once", "last"]);
  const { messages } = await bob.ask({ message: "history", room: ROOM, after: 0 });
  expect(messages.map(({ seq, data }: { seq: number; data: unknown }) => [seq, data])).toEqual([
    [1, "once"],
    [2, "last"],
  ]);
  await chat.close();
  await Promise.all([ann, bob, dora].map((member) => member.close()));
});
