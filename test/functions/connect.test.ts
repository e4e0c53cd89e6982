import { expect, test } from "vitest";
import type { Membership } from "../../functions/aws/connections.ts";
import type { PersonsConnection } from "../../functions/aws/people.ts";
import { type ConnectEvent, connect } from "../../functions/connect.ts";
import type { Turned } from "../../functions/runtime/admission.ts";
import { unheard } from "../support/frame.ts";

/** What may go another way than usual. */
interface Odd {
  readonly turned?: Turned;
  readonly joinFails?: boolean;
  /** What the authorizer says of a token. */
  readonly token?: { readonly validUntil: string; readonly rights: string };
}

/** Runs `$connect` with this query and these subprotocols. */
const connecting = async (
  query?: Record<string, string>,
  protocols?: string,
  { turned, joinFails, token }: Odd = {},
) => {
  const members: Membership[] = [];
  const event = {
    requestContext: {
      connectionId: "ann=",
      connectedAt: 1_700_000_000_000,
      authorizer: { principalId: "guest-ann", name: "Ann", ...token },
    },
    ...(query && { queryStringParameters: query }),
    headers: protocols === undefined ? {} : { "Sec-WebSocket-Protocol": protocols },
  } as unknown as ConnectEvent;
  const stirred: string[] = [];
  const counted = new Set<string>();
  const needs = {
    addMember: async (member: Membership) => {
      if (joinFails) throw new Error("Throttled");
      members.push(member);
    },
    admit: async (identity: string, { connectionId }: PersonsConnection) => {
      if (!turned) counted.add(`${identity} ${connectionId}`);
      return turned;
    },
    countOut: async (identity: string, connectionId: string) => void counted.delete(`${identity} ${connectionId}`),
    stirred: async (room: string) => void stirred.push(room),
  };
  const answer = await connect(needs)(event, unheard).catch((error: Error) => error);
  return { answer, members, stirred, counted: [...counted] };
};

test("a connection is counted among its person's", async () => {
  expect((await connecting()).counted).toEqual(["guest-ann ann="]);
});

test.each([403, 429] as const)(
  "somebody who is turned away with %i is in no room, and nobody is told",
  async (statusCode) => {
    const turned = { statusCode, reason: "Not now." };
    const { answer, members, stirred } = await connecting({ room: "lobby" }, undefined, { turned });
    expect([answer, members, stirred]).toEqual([{ statusCode, body: "Not now." }, [], []]);
  },
);

test("a connection that cannot join its room does not come about, and is not counted", async () => {
  const { answer, counted } = await connecting({ room: "lobby" }, undefined, { joinFails: true });
  expect(answer).toMatchObject({ message: "Throttled" });
  expect(counted).toEqual([]);
});

test("a connection without a query is accepted, and in no room", async () => {
  const { answer, members, stirred } = await connecting();
  expect([answer, members, stirred]).toEqual([{ statusCode: 200 }, [], []]);
});

test("a connection that names a room is in it, by the authorizer's word on who it is, and the room stirs", async () => {
  const { members, stirred } = await connecting({ room: "lobby", name: "somebody else" });
  const member = { id: "guest-ann", name: "Ann" };
  expect(members).toEqual([{ connectionId: "ann=", room: "lobby", connectedAt: 1_700_000_000_000, member }]);
  expect(stirred).toEqual(["lobby"]);
});

test("a room that the token allows is joined, for as long as the token is valid", async () => {
  const token = { validUntil: "1700000600", rights: '["lobby"]' };
  const { members } = await connecting({ room: "lobby" }, undefined, { token });
  expect(members).toMatchObject([{ room: "lobby", validUntil: 1_700_000_600 }]);
});

test("another room is refused with 403, and nothing is written", async () => {
  const token = { validUntil: "1700000600", rights: '{"publish":["*"],"read":["*"]}' };
  const { answer, members, stirred, counted } = await connecting({ room: "lobby" }, undefined, { token });
  expect(answer).toMatchObject({ statusCode: 403 });
  expect([members, stirred, counted]).toEqual([[], [], []]);
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
  const { answer, members, stirred, counted } = await connecting(query as Record<string, string>, protocols);
  expect(answer).toMatchObject({ statusCode: 400 });
  expect([members, stirred, counted]).toEqual([[], [], []]);
});
