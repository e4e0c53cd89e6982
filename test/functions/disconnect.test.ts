import { expect, test } from "vitest";
import { disconnect } from "../../functions/disconnect.ts";
import { unheard } from "../support/frame.ts";

test("who disconnects leaves every room, each of them stirs, and the connection counts no more", async () => {
  const stirred: string[] = [];
  const removed: string[] = [];
  const countedOut: string[] = [];
  const handler = disconnect({
    removeConnection: async (connectionId) => {
      removed.push(connectionId);
      return { rooms: ["lobby", "attic"], identity: undefined };
    },
    countOut: async (identity, connectionId) => void countedOut.push(`${identity} ${connectionId}`),
    stirred: async (room) => void stirred.push(room),
  });
  const event = { requestContext: { connectionId: "ann=", authorizer: { principalId: "guest-ann" } } };
  expect(await handler(event as Parameters<typeof handler>[0], unheard)).toEqual({ statusCode: 200 });
  expect([removed, stirred]).toEqual([["ann="], ["lobby", "attic"]]);
  expect(countedOut).toEqual(["guest-ann ann="]);
});
