import { safeParse } from "valibot";
import { expect, test } from "vitest";
import { RoomName } from "../../../functions/protocol/room-name.ts";

test.each(["a", "lobby", "a b", "部屋", "x".repeat(128), "é", "🙂".repeat(32), "__proto__", "$default", "{% 1 %}"])(
  "%j names a room",
  (name) => {
    expect(safeParse(RoomName, name)).toMatchObject({ success: true, output: name });
  },
);

test.each([
  ["nothing", "", "not empty"],
  ["129 bytes", "x".repeat(129), "128 bytes"],
  ["43 characters of 129 bytes", "語".repeat(43), "128 bytes"],
  ["a line break", "a\nb", "control characters"],
  ["a NUL", "a\0", "control characters"],
  ["a C1 control", "a\u0085", "control characters"],
  ["a lone surrogate", "a\ud800", "surrogate"],
  ["what was no UTF-8", "a\ufffd(", "UTF-8"],
  ["a name in NFD", "e\u0301", "NFC"],
  ["a number", 7, "string"],
  ["null", null, "string"],
])("%s does not, and it is said why", (_what, name, reason) => {
  expect(safeParse(RoomName, name).issues?.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining(reason)]),
  );
});
