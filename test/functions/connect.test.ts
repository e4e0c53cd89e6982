import { expect, test } from "vitest";
import type { Membership } from "../../functions/aws/connections.ts";
import { type ConnectEvent, connect } from "../../functions/connect.ts";
import { unheard } from "../support/frame.ts";

/** Runs `$connect` with this query and these subprotocols. */
const connecting = async (query?: Record<string, string>, protocols?: string) => {
  const members: Membership[] = [];
  const event = {
    requestContext: {
      connectionId: "ann=",
      connectedAt: 1_700_000_000_000,
      authorizer: { principalId: "guest-ann", name: "Ann" },
    },
    ...(query && { queryStringParameters: query }),
    headers: protocols === undefined ? {} : { "Sec-WebSocket-Protocol": protocols },
  } as unknown as ConnectEvent;
  const stirred: string[] = [];
  const needs = {
    addMember: async (member: Membership) => void members.push(member),
    stirred: async (room: string) => void stirred.push(room),
  };
  return { answer: await connect(needs)(event, unheard), members, stirred };
};

test("a connection without a query is accepted, and in no room", async () => {
  expect(await connecting()).toEqual({ answer: { statusCode: 200 }, members: [], stirred: [] });
});

test("a connection that names a room is in it, by the authorizer's word on who it is, and the room stirs", async () => {
  const { members, stirred } = await connecting({ room: "lobby", name: "somebody else" });
  const member = { id: "guest-ann", name: "Ann" };
  expect(members).toEqual([{ connectionId: "ann=", room: "lobby", connectedAt: 1_700_000_000_000, member }]);
  expect(stirred).toEqual(["lobby"]);
});

test("the subprotocol is echoed to a client that offers it, the secret never", async () => {
  const { answer } = await connecting({}, `client.${"s".repeat(22)}, roomcast.v1`);
  expect(answer).toEqual({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "roomcast.v1" } });
});

test.each([
  ["an empty room", { room: "" }, undefined],
  ["a room of 129 bytes", { room: "x".repeat(129) }, undefined],
  ["a name of 65 characters", { name: "n".repeat(65) }, undefined],
  ["a name with a line break", { name: "a\nb" }, undefined],
  ["a secret that can be guessed", { client: "ann" }, undefined],
  ["a subprotocol with a secret that can be guessed", {}, "roomcast.v1, client.ann"],
])("%s is refused with 400, and nothing is written", async (_what, query, protocols) => {
  const { answer, members, stirred } = await connecting(query as Record<string, string>, protocols);
  expect(answer).toMatchObject({ statusCode: 400 });
  expect([members, stirred]).toEqual([[], []]);
});
