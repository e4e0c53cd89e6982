import { afterAll, beforeAll, expect, test } from "vitest";
import { deadLettersOf } from "../support/dead-letters.ts";
import { startRoomcast } from "../support/roomcast.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
let deadLetters: ReturnType<typeof deadLettersOf>;
beforeAll(async () => {
  roomcast = await startRoomcast({
    change: ({ Resources }) => {
      // The rules may start no execution any more, as where somebody has changed the stack by hand.
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === "AWS::IAM::Policy")
          for (const statement of Properties.PolicyDocument.Statement)
            if (statement.Action === "states:StartExecution") statement.Action = "states:StopExecution";
    },
  });
  deadLetters = deadLettersOf(roomcast);
});
afterAll(async () => {
  deadLetters.end();
  await roomcast.stop();
});

test("a fan-out that could not be started is started by a redrive", async () => {
  const [ann, bob] = [await roomcast.connect({ room: "late" }), await roomcast.connect({ room: "late" })];
  const { id } = await ann.ask({ message: "publish", data: "hello" });
  const reason = expect.stringContaining("NO_PERMISSIONS");
  expect(await deadLetters.come(1)).toMatchObject([{ queue: "not-started", messageId: id, room: "late", reason }]);
  expect(await deadLetters.redriveAll()).toMatchObject([{ done: true }]);
  expect(await bob.next({ type: "message", id })).toMatchObject({ data: "hello" });
  expect(await deadLetters.list()).toEqual([]);
});
