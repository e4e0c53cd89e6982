import { expect, test } from "vitest";
import { addressOf, roomIn, roomName } from "../../../../client/page/state/address.ts";

test.each(["lobby", "会議室", "a/b?c#d%", "100%", "🙂 smile"])("the address of %s leads back to it", (room) => {
  expect(roomIn({ hash: addressOf(room), search: "" })).toBe(room);
});

test.each([
  ["?room=NAME", { hash: "", search: "?room=caf%C3%A9" }, "café"],
  ["a fragment before the query", { hash: "#/room/one", search: "?room=two" }, "one"],
  ["a fragment that somebody typed", { hash: "#/room/100%", search: "" }, "100%"],
  ["the list of rooms", { hash: "#/", search: "?room=two" }, undefined],
  ["nothing", { hash: "", search: "" }, undefined],
  ["an empty name", { hash: "#/room/%20", search: "" }, undefined],
])("%s opens the right room", (_what, address, room) => {
  expect(roomIn(address)).toBe(room);
});

test("a room's name is trimmed and in normalization form C, as the server has it", () => {
  expect(roomName("  cafe\u0301 ")).toBe("caf\u00e9");
});

test.each([
  ["nothing", "   "],
  ["129 bytes", "x".repeat(129)],
  ["43 characters of 3 bytes", "会".repeat(43)],
  ["a control character", "a\u0007b"],
  ["half a character", "a\ud83d"],
])("%s is no room's name", (_what, typed) => {
  expect(roomName(typed)).toBeUndefined();
});
