import { expect, test } from "vitest";
import type { FrameFate } from "../../../functions/protocol/frame-bucket.ts";
import { answering, type Frame } from "../../../functions/runtime/route.ts";
import { unheard } from "../../support/frame.ts";

const NOW = 1_700_000_000_000;

/** A route that answers `left`, at a connection of this authorizer's, and what becomes of a frame there. */
const connection = ({ authorizer = {}, fate = { fate: "taken" } as FrameFate } = {}) => {
  const handled: Frame[] = [];
  const ended: unknown[] = [];
  const answerTo = async (frame: Frame) => {
    handled.push(frame);
    return { type: "left", room: "lobby" } as const;
  };
  const route = answering(answerTo, {
    counted: () => ({}),
    admit: () => fate,
    requestDisconnect: async (request) => void ended.push(request),
    now: () => NOW,
  });
  const requestContext = { connectionId: "ann=", connectedAt: 0, authorizer: { principalId: "ann", ...authorizer } };
  const send = async (body: string) => {
    const answer = (await route({ body, requestContext } as never, unheard)) as { body: string };
    return JSON.parse(answer.body);
  };
  return { send, handled, ended };
};

test("a route knows whose the frame is, what they may do and for how long", async () => {
  const rights = JSON.stringify({ join: ["lobby"] });
  const { send, handled } = connection({ authorizer: { name: "Ann", validUntil: "1700000001", rights } });
  expect(await send('{"message":"leave","ref":"r1"}')).toEqual({ type: "left", room: "lobby", ref: "r1" });
  expect(handled).toMatchObject([
    {
      sender: { id: "ann", name: "Ann" },
      validUntil: 1_700_000_001,
      rights: { join: ["lobby"], publish: [], read: [] },
    },
  ]);
});

test("a guest's frame has neither rights nor an end", async () => {
  const { send, handled } = connection();
  await send("{}");
  expect(handled).toMatchObject([{ rights: undefined, validUntil: undefined }]);
});

test.each([
  ["a frame", '{"message":"leave","ref":"r1"}', { ref: "r1" }],
  ["something that is none", "{", {}],
])("%s whose sender's token has expired is refused, and the connection ends", async (_what, body, ref) => {
  const { send, handled, ended } = connection({ authorizer: { validUntil: "1700000000" } });
  expect(await send(body)).toEqual({
    type: "error",
    code: "FORBIDDEN",
    reason: expect.any(String),
    expired: true,
    ...ref,
  });
  expect(handled).toEqual([]);
  expect(ended).toEqual([{ connectionId: "ann=", reason: "TOKEN_EXPIRED" }]);
});

test("frames that are too many are refused before anything in them is looked at", async () => {
  const { send, handled, ended } = connection({ fate: { fate: "refused", seconds: 2 } });
  expect(await send('{"ref":"r1"}')).toMatchObject({ code: "RATE_LIMITED", ref: "r1" });
  expect([handled, ended]).toEqual([[], []]);
});

test("a connection that goes on sending too many is ended", async () => {
  const { send, ended } = connection({ fate: { fate: "flooded" } });
  expect(await send("{}")).toMatchObject({ code: "RATE_LIMITED" });
  expect(ended).toEqual([{ connectionId: "ann=", reason: "TOO_MANY_FRAMES" }]);
});
