import { expect, test } from "vitest";
import type { Delivery } from "../../functions/contracts/delivery.ts";
import type { DisconnectRequested } from "../../functions/contracts/events.ts";
import { post } from "../../functions/post.ts";
import { unheard } from "../support/frame.ts";

const frame = {
  type: "message",
  id: "01M",
  room: "lobby",
  seq: 7,
  from: { id: "guest-ann", name: "Ann" },
  data: ["hello"],
  received: 1_700_000_001_000,
} as const;

/** A step that posts to bob, whose connection is this many milliseconds old and answers like this. */
const bob = ({
  age = 60_000,
  answer = async () => {},
  validUntil,
}: {
  age?: number;
  answer?: () => Promise<void>;
  validUntil?: number;
} = {}) => {
  const posted: [string, unknown][] = [];
  const pruned: string[] = [];
  const stirred: string[] = [];
  const countedOut: string[] = [];
  const ended: DisconnectRequested[] = [];
  const step = post({
    postToConnection: async (connectionId, text) => {
      await answer();
      posted.push([connectionId, JSON.parse(text)]);
    },
    removeConnection: async (connectionId) => {
      pruned.push(connectionId);
      return { rooms: ["lobby", "attic"], identity: "guest-bob" };
    },
    countOut: async (identity, connectionId) => void countedOut.push(`${identity} ${connectionId}`),
    stirred: async (room) => void stirred.push(room),
    requestDisconnect: async (request) => void ended.push(request),
    now: () => 1_700_000_002_000,
  });
  const delivery: Delivery = { frame, connectionId: "bob=", connectedAt: 1_700_000_002_000 - age };
  const expiring = validUntil === undefined ? delivery : { ...delivery, validUntil };
  return { deliver: () => step(expiring, unheard), posted, pruned, stirred, countedOut, ended };
};

const failing = (name: string, httpStatusCode?: number) => async () => {
  throw Object.assign(new Error("no"), { name, $metadata: { httpStatusCode } });
};

test("a member gets the frame as it is", async () => {
  const { deliver, posted } = bob();
  expect(await deliver()).toEqual({ outcome: "delivered" });
  expect(posted).toEqual([["bob=", frame]]);
});

test("a connection that is gone is removed from its rooms, they stir, and it counts no more", async () => {
  const { deliver, pruned, stirred, countedOut } = bob({ answer: failing("GoneException", 410) });
  expect(await deliver()).toEqual({ outcome: "gone" });
  expect(pruned).toEqual(["bob="]);
  expect(stirred).toEqual(["lobby", "attic"]);
  expect(countedOut).toEqual(["guest-bob bob="]);
});

test("a connection whose token has expired gets nothing, leaves its rooms and is to be ended", async () => {
  const { deliver, posted, pruned, stirred, ended } = bob({ validUntil: 1_700_000_002 });
  expect(await deliver()).toEqual({ outcome: "gone" });
  expect([posted, pruned, stirred]).toEqual([[], ["bob="], ["lobby", "attic"]]);
  expect(ended).toEqual([{ connectionId: "bob=", reason: "TOKEN_EXPIRED" }]);
});

test("one whose token expires in a second gets the frame", async () => {
  const { deliver, posted, ended } = bob({ validUntil: 1_700_000_003 });
  expect(await deliver()).toEqual({ outcome: "delivered" });
  expect([posted.length, ended]).toEqual([1, []]);
});

test.each([
  ["a connection that is seconds old and not there yet", "ConnectionTooYoung", failing("GoneException", 410), 11_999],
  ["a throttled post", "LimitExceededException", failing("LimitExceededException", 429), 60_000],
  ["a post that hangs", "PostTimeout", failing("TimeoutError"), 60_000],
  ["a post that the service fails", "PostUnavailable", failing("InternalFailure", 500), 60_000],
  ["a post without an answer", "PostUnavailable", failing("ECONNRESET"), 60_000],
  ["a post that is forbidden", "PostRefused", failing("ForbiddenException", 403), 60_000],
  ["a post that is too large", "PostRefused", failing("PayloadTooLargeException", 413), 60_000],
  ["a post to a malformed id", "PostRefused", failing("BadRequestException", 400), 60_000],
])("%s is thrown as its own error, and nothing is pruned", async (_what, name, answer, age) => {
  const { deliver, pruned, stirred } = bob({ answer, age });
  await expect(deliver()).rejects.toMatchObject({ name });
  expect([pruned, stirred]).toEqual([[], []]);
});
