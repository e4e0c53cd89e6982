import { expect, test } from "vitest";
import { messagePath, roomPath, routeOf, searchPath } from "../../../console/page/route.ts";

const ID = "01KJQ8Z5X20000000000000001";

test.each([
  ["/console", { page: "live" }],
  ["/console/", { page: "live" }],
  ["/console/dead-letters", { page: "dead-letters" }],
  ["/console/faults", { page: "faults" }],
  [`/console/messages/${ID}`, { page: "message", id: ID }],
  ["/console/rooms/lobby", { page: "room", room: "lobby" }],
  ["/console/rooms/100%", { page: "room", room: "100%" }],
  ["/console/messages", { page: "nowhere" }],
  ["/console/faults/bus.delay", { page: "nowhere" }],
  ["/console/rooms/lobby/more", { page: "nowhere" }],
  ["/elsewhere", { page: "nowhere" }],
])("%s leads to %o", (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test.each(["lobby", "a/b", "100% you & me?", "v1.2", "部屋", "#1"])(
  "a room called %s has an address that leads to it",
  (room) => {
    const path = roomPath(room);
    expect(path).not.toContain(".");
    expect(routeOf(new URL(path, "http://host").pathname)).toEqual({ page: "room", room });
  },
);

test.each([
  ["a message id", ID, messagePath(ID)],
  ["one in small letters", ID.toLowerCase(), messagePath(ID)],
  ["one with what was copied around it", ` "id":"${ID}", `, messagePath(ID)],
  ["a room's name", " lobby ", roomPath("lobby")],
  ["a name that is longer than an id", `${ID}2`, roomPath(`${ID}2`)],
])("a search for %s leads there", (_what, text, path) => {
  expect(searchPath(text)).toBe(path);
});

test("a search for nothing leads nowhere", () => {
  expect(searchPath("  ")).toBeUndefined();
});
