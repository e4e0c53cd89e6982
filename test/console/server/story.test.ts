import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fault, MessageStory, MessageSummary, Overview, Recipient } from "../../../console/contract.ts";
import { startRoomcast, type Template } from "../../support/roomcast.ts";
import { withoutPresence } from "../../support/without-presence.ts";
import { ask, change as send } from "./ask.ts";
import { openEvents } from "./events.ts";

const TEXT = "nobody else's business";

/** Every message is traced, so that each test has a trace to tell of. */
const traceAll = ({ Resources }: Template) => {
  for (const { Properties } of Object.values(Resources))
    if (Properties?.Environment?.Variables?.TRACED_PERCENT) Properties.Environment.Variables.TRACED_PERCENT = "100";
};

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  // News of who joined is posted too: a fault that is meant for a message might strike that.
  const change = (template: Template) => {
    traceAll(template);
    withoutPresence(template);
  };
  roomcast = await startRoomcast({ change });
});
afterAll(() => roomcast.stop());

const api = async <T>(path: string): Promise<T> =>
  JSON.parse((await ask(roomcast.origin, `/console/api/${path}`)).body);
const storyOf = (id: string) => api<MessageStory>(`messages/${id}`);
const switchFault = async (name: string, when: string | null): Promise<Fault[]> =>
  JSON.parse((await send(roomcast.origin, "PUT", "/console/api/faults", { name, when })).body);

/** A room with so many who listen, and one who speaks. */
const room = async (name: string, listeners: number) => {
  const author = await roomcast.connect({ room: name, name: "ann" });
  const members = await Promise.all(Array.from({ length: listeners }, () => roomcast.connect({ room: name })));
  for (const member of [author, ...members]) await member.ask({ message: "join", room: name });
  return {
    /** Publishes, and waits until everybody has it and the receipt is there. @returns the message's id */
    say: async (): Promise<string> => {
      const { id } = await author.ask({ message: "publish", room: name, data: TEXT });
      await Promise.all(members.map((member) => member.next({ type: "message", id })));
      await expect.poll(async () => (await storyOf(id)).summary.receipt).toBeDefined();
      return id;
    },
    members,
    close: () => Promise.all([author, ...members].map((member) => member.close())),
  };
};

/** What the story of a message says in the parts that come from different places. */
const partsOf = async (id: string, complete: (story: MessageStory) => boolean) => {
  // The receipt is on the bus before the execution has ended, and the trace comes after it.
  await expect.poll(async () => complete(await storyOf(id))).toBe(true);
  return storyOf(id);
};
const fanOutOf = ({ machines }: MessageStory) => machines.find(({ name }) => name === "Roomcast-dev-room-fanout");
const stateIn = (story: MessageStory, name: string) => fanOutOf(story)?.states.find((state) => state.name === name);

test("a message that was delivered: who got it, by which way, and nothing of what it says", async () => {
  const lobby = await room("lobby", 3);
  const id = await lobby.say();
  const story = await partsOf(id, ({ machines, trace }) => machines.length > 0 && trace !== undefined);
  expect(story.summary).toMatchObject({ id, room: "lobby", seq: 1, from: "ann", state: "delivered" });
  expect(story.summary.receipt).toMatchObject({ recipients: 3, delivered: 3, gone: 0, failed: 0, throttled: 0 });
  expect(story.recipients).toHaveLength(3);
  for (const recipient of story.recipients) expect(recipient).toMatchObject({ outcome: "delivered", tries: 1 });
  expect(stateIn(story, "Post")).toMatchObject({ parent: "Post to each", entered: 3, failed: 0 });
  expect(story.lines.map(({ from, message }) => [from, message])).toContainEqual(["lambda/publish", "Posted."]);
  expect(JSON.stringify(story)).not.toContain(TEXT);
  await lobby.close();
});

test("its trace leads from the publish to the last delivery", async () => {
  const lobby = await room("traced", 2);
  const { trace } = await partsOf(await lobby.say(), (story) => story.trace?.criticalPath.length !== undefined);
  const names = trace!.criticalPath.map((id) => trace!.segments.find((segment) => segment.id === id)!.name);
  expect(names).toEqual(expect.arrayContaining(["Query a page", "Post to each", "Post"]));
  expect(names.indexOf("Query a page")).toBeLessThan(names.indexOf("Post"));
  expect(names).not.toContain("Report");
  await lobby.close();
});

test("a message whose post was throttled, tried again and delivered: receipt, recipients, trace and states agree", async () => {
  const lobby = await room("throttled", 1);
  const faults = await switchFault("post.throttle", "#1");
  expect(faults).toContainEqual(expect.objectContaining({ name: "post.throttle", when: "#1" }));
  const id = await lobby.say();
  await switchFault("post.throttle", null);
  const story = await partsOf(id, ({ machines, trace }) => machines.length > 0 && trace !== undefined);
  expect(story.summary.receipt).toMatchObject({ recipients: 1, delivered: 1, throttled: 1 });
  const once: Partial<Recipient> = { outcome: "delivered", tries: 2, error: "LimitExceededException" };
  expect(story.recipients).toEqual([expect.objectContaining(once)]);
  expect(stateIn(story, "Post")).toMatchObject({ entered: 2, failed: 1 });
  expect(story.trace?.segments.filter(({ state }) => state === "throttle")).not.toEqual([]);
  expect(story.lines.some(({ details }) => JSON.stringify(details ?? {}).includes("LimitExceededException"))).toBe(
    true,
  );
  await lobby.close();
});

test("a fault that is off again does not strike, and the list says so", async () => {
  expect(await switchFault("post.throttle", null)).toContainEqual({
    name: "post.throttle",
    does: expect.stringContaining("429"),
  });
  const lobby = await room("calm", 1);
  expect((await storyOf(await lobby.say())).summary.receipt).toMatchObject({ throttled: 0 });
  await lobby.close();
});

test("messages are listed by room, the newest first", async () => {
  const lobby = await room("listed", 1);
  const ids = [await lobby.say(), await lobby.say()];
  expect((await api<MessageSummary[]>("messages?room=listed")).map(({ id }) => id)).toEqual(ids.toReversed());
  expect((await api<MessageSummary[]>("messages?limit=1")).map(({ id }) => id)).toEqual(ids.slice(1));
  await lobby.close();
});

test("what happens is told live: rooms with their members and rates, messages as they are posted and as they arrive", async () => {
  const lobby = await room("café", 2);
  const events = await openEvents(`${roomcast.origin}/console/api/live`);
  const id = await lobby.say();
  const ours = (message: MessageSummary) => message.id === id;
  expect(await events.next("message", ours)).toMatchObject({ room: "café", from: "ann", state: "running" });
  expect(await events.next("message", ours)).toMatchObject({ state: "delivered", receipt: { delivered: 2 } });
  const overview: Overview = await events.next("overview", ({ rooms }: Overview) =>
    rooms.some(({ room: name, messagesPerMinute }) => name === "café" && messagesPerMinute === 1),
  );
  expect(overview.rooms).toContainEqual(expect.objectContaining({ room: "café", members: 3, messagesPerMinute: 1 }));
  expect(overview.connections).toBeGreaterThanOrEqual(3);
  expect(overview.deadLetters.map(({ queue }) => queue).sort()).toEqual(["not-started", "undelivered", "unpublished"]);
  expect(overview.alarms.length).toBeGreaterThan(0);
  expect(overview.quotas).toContainEqual(
    expect.objectContaining({ name: "Posts and frames a second", limit: 10_000, used: expect.any(Number) }),
  );
  events.close();
  await lobby.close();
});
