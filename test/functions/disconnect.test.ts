import type { APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { disconnect } from "../../functions/disconnect.ts";
import { unheard } from "../support/frame.ts";

test("who disconnects leaves every room, and each of them stirs", async () => {
  const stirred: string[] = [];
  const removed: string[] = [];
  const handler = disconnect({
    removeConnection: async (connectionId) => {
      removed.push(connectionId);
      return { rooms: ["lobby", "attic"], identity: undefined };
    },
    stirred: async (room) => void stirred.push(room),
  });
  const event = { requestContext: { connectionId: "ann=" } } as APIGatewayProxyWebsocketEventV2;
  expect(await handler(event, unheard)).toEqual({ statusCode: 200 });
  expect([removed, stirred]).toEqual([["ann="], ["lobby", "attic"]]);
});
