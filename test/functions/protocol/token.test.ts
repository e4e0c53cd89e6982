import { expect, test } from "vitest";
import { bearerOf, type TokenRules } from "../../../functions/protocol/token.ts";

const NOW = 1_700_000_000;

const rules: TokenRules = {
  audience: ["chat", "chat-mobile"],
  clockSkewSeconds: 60,
  roomsClaim: "rooms",
  defaultRooms: ["lobby"],
};

const claims = { sub: "ann", aud: "chat", exp: NOW + 600, name: "Ann", rooms: ["*"] };

const judged = (changes: object) => bearerOf({ ...claims, ...changes }, rules, NOW * 1_000);

test("a token says who it stands for, until when, and which rooms it allows", () => {
  expect(judged({})).toEqual({ id: "ann", name: "Ann", validUntil: NOW + 660, rooms: ["*"] });
});

test.each([
  ["one of several audiences", { aud: ["other", "chat-mobile"] }],
  ["a `client_id`, as Cognito's access tokens have, and no `aud`", { aud: undefined, client_id: "chat" }],
  ["an `exp` that has passed within the clock's skew", { exp: NOW - 59 }],
  ["an `exp` with a fraction", { exp: NOW + 0.5 }],
  ["an `nbf` that comes within the clock's skew", { nbf: NOW + 60 }],
  ["a `sub` of 128 characters", { sub: "x".repeat(128) }],
  ["a `sub` with a provider's bar", { sub: "auth0|5f7c8ec7c33c6c004bbafe82" }],
])("a token with %s is taken", (_what, changes) => {
  expect(judged(changes)).toMatchObject({ id: expect.any(String) });
});

test.each([
  ["no `exp`", { exp: undefined }, "`exp`"],
  ["an `exp` that is text", { exp: "tomorrow" }, "`exp`"],
  ["an `exp` beyond all numbers", { exp: 1e300 }, "`exp`"],
  ["an `exp` that has passed, skew included", { exp: NOW - 60 }, "expired"],
  ["an `nbf` that is to come, skew included", { nbf: NOW + 61 }, "not valid yet"],
  ["an `nbf` that is text", { nbf: "now" }, "not valid yet"],
  ["another audience", { aud: "bank" }, "somebody else"],
  ["another audience, though its `client_id` fits", { aud: "bank", client_id: "chat" }, "somebody else"],
  ["no audience", { aud: undefined }, "somebody else"],
  ["no `sub`", { sub: undefined }, "`sub`"],
  ["an empty `sub`", { sub: "" }, "`sub`"],
  ["a `sub` of 129 characters", { sub: "x".repeat(129) }, "`sub`"],
  ["a `sub` with a line break", { sub: "ann\nbob" }, "`sub`"],
  ["a `sub` beyond ASCII", { sub: "änn" }, "`sub`"],
  ["rooms that are no patterns", { rooms: "lobby" }, "rooms"],
  ["too many rooms", { rooms: Array.from({ length: 51 }, String) }, "patterns"],
])("a token with %s is refused", (_what, changes, reason) => {
  expect(() => judged(changes)).toThrow(
    expect.objectContaining({ code: "FORBIDDEN", message: expect.stringContaining(reason) }),
  );
});

test("a token without the claim about rooms allows what the configuration says", () => {
  expect(judged({ rooms: undefined })).toMatchObject({ rooms: ["lobby"] });
});

test("the claim may have another name", () => {
  const named = { ...rules, roomsClaim: "https://example.com/rooms" };
  const given = { ...claims, "https://example.com/rooms": ["attic"] };
  expect(bearerOf(given, named, NOW * 1_000)).toMatchObject({ rooms: ["attic"] });
});

test.each([
  ["no name", undefined, undefined],
  ["a name that is no text", { first: "Ann" }, undefined],
  ["a name with a line break", "Ann\nadmin", "Ann admin"],
  ["a name of 65 characters", "n".repeat(65), "n".repeat(64)],
  ["a name that is cut within a character", `${"n".repeat(63)}😀`, `${"n".repeat(63)}\ufffd`],
])("%s keeps nobody out", (_what, name, shown) => {
  expect(judged({ name }).name).toBe(shown);
});
