import { expect, test } from "vitest";
import { leave } from "../../functions/leave.ts";
import { frame } from "../support/frame.ts";

test("who leaves is out before the room stirs, and leaving a room that one is not in is leaving it", async () => {
  const done: string[] = [];
  const route = leave({
    removeMember: async (connectionId, room) => void done.push(`${connectionId} out of ${room}`),
    stirred: async (room) => void done.push(`${room} stirs`),
  });
  expect(await route(frame({ room: "lobby" }))).toEqual({ type: "left", room: "lobby" });
  expect(done).toEqual(["ann= out of lobby", "lobby stirs"]);
});
