import { expect, test } from "vitest";
import type { Membership } from "../../functions/aws/connections.ts";
import { type ConnectEvent, connect } from "../../functions/connect.ts";
import { unheard } from "../support/frame.ts";

/** Runs `$connect` with this query and these subprotocols. */
const connecting = async (query?: Record<string, string>, protocols?: string) => {
  const members: Membership[] = [];
  const event = {
    requestContext: { connectionId: "ann=", connectedAt: 1_700_000_000_000 },
    ...(query && { queryStringParameters: query }),
    headers: protocols === undefined ? {} : { "Sec-WebSocket-Protocol": protocols },
  } as unknown as ConnectEvent;
  const answer = await connect({ addMember: async (member) => void members.push(member) })(event, unheard);
  return { answer, members };
};

test("a connection without a query is accepted, and in no room", async () => {
  expect(await connecting()).toEqual({ answer: { statusCode: 200 }, members: [] });
});

test("a connection that names a room is in it", async () => {
  const { members } = await connecting({ room: "lobby", name: "Ann" });
  expect(members).toEqual([{ connectionId: "ann=", room: "lobby", connectedAt: 1_700_000_000_000 }]);
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
  const { answer, members } = await connecting(query as Record<string, string>, protocols);
  expect(answer).toMatchObject({ statusCode: 400 });
  expect(members).toEqual([]);
});
