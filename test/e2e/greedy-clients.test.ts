import { afterEach, expect, test } from "vitest";
import { quickClock } from "../support/quick-clock.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import { withoutLimits } from "../support/without-limits.ts";

/** A stage that takes few publishes a second, so that nearly all of a flood is refused, however slow the machine is. */
const throttled = (template: Template): void => {
  withoutLimits(template);
  for (const { Type, Properties } of Object.values(template.Resources))
    if (Type === "AWS::ApiGatewayV2::Stage")
      Properties.RouteSettings = { publish: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 20 } };
};

const seqsOf = ({ messages }: { messages: { seq: number }[] }) => messages.map(({ seq }) => seq);

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
const start = async (change: (template: Template) => void) => {
  roomcast = await startRoomcast({ change, executionClock: quickClock(50) });
};
afterEach(() => roomcast.stop());

test("a client that publishes 10,000 frames at once has an answer to each, and the others are served", async () => {
  await start(throttled);
  const [flood, bob] = await Promise.all([roomcast.connect({ room: "flood" }), roomcast.connect({ room: "quiet" })]);
  const frames = 10_000;
  const answered = Promise.withResolvers<void>();
  const acked: number[] = [];
  let refused = 0;
  flood.socket.on("message", (data) => {
    const { type, seq, message } = JSON.parse(String(data));
    if (type === "ack") acked.push(seq);
    // API Gateway's own answer, or UNAVAILABLE.
    else if (message !== undefined || type === "error") refused += 1;
    if (acked.length + refused === frames) answered.resolve();
  });
  for (let n = 0; n < frames; n++) flood.send({ message: "publish", room: "flood", data: n });
  await answered.promise;
  expect(refused).toBeGreaterThan(0);
  expect(new Set(acked).size).toBe(acked.length);

  // Once the stage has room again.
  const publish = async () => {
    bob.send({ message: "publish", room: "quiet", data: "still here" });
    return (await bob.next({})).type;
  };
  await expect.poll(publish).toBe("ack");
  const kept: number[] = [];
  for (let after = 0, head = 1; after < head; ) {
    const page = await flood.ask({ message: "history", room: "flood", after });
    kept.push(...seqsOf(page));
    head = page.head;
    after = Math.max(...seqsOf(page), ...page.skipped);
  }
  expect(kept).toEqual(expect.arrayContaining(acked));
  await Promise.all([flood.close(), bob.close()]);
}, 120_000);

test("a client that never reads holds up nobody, and has everything in the history when it reads again", async () => {
  await start(withoutLimits);
  const [ann, bob, carl] = await Promise.all(["ann", "bob", "carl"].map(() => roomcast.connect({ room: "deaf" })));
  bob!.socket.pause();
  const messages = 300;
  for (let n = 1; n <= messages; n += 10) {
    const data = "x".repeat(28_000);
    const ten = Array.from({ length: 10 }, () => ann!.ask({ message: "publish", room: "deaf", data }));
    for (const { seq } of await Promise.all(ten)) await carl!.next({ type: "message", seq });
  }
  bob!.socket.resume();
  const had: number[] = [];
  for (let after = 0; after < messages; after = had.at(-1)!) {
    const page = await bob!.ask({ message: "history", room: "deaf", after });
    had.push(...seqsOf(page));
  }
  expect(had).toEqual(Array.from({ length: messages }, (_, n) => n + 1));
  const posted = bob!.unread.filter(({ type }) => type === "message");
  expect(posted.length).toBeLessThan(messages);
  await Promise.all([ann, bob, carl].map((member) => member!.close()));
}, 120_000);
