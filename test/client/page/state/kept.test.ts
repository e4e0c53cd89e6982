import { expect, test } from "vitest";
import { createKept } from "../../../../client/page/state/kept.ts";

const storage = () => {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
};

test("what one visit keeps the next one finds", () => {
  const store = storage();
  const before = createKept(() => store);
  before.name = "ann";
  before.rooms = ["lobby", "会議室"];
  before.language = "ja";
  before.keepDraft("lobby", "half a sen");
  before.keepRead("lobby", 0);
  const after = createKept(() => store);
  expect(after).toMatchObject({ name: "ann", rooms: ["lobby", "会議室"], language: "ja" });
  expect([after.draft("lobby"), after.draft("other")]).toEqual(["half a sen", ""]);
  expect([after.read("lobby"), after.read("other")]).toEqual([0, undefined]);
});

test("of a room that is left nothing is kept", () => {
  const store = storage();
  const kept = createKept(() => store);
  kept.keepDraft("lobby", "half");
  kept.keepRead("lobby", 7);
  kept.forget("lobby");
  expect(store.items.size).toBe(0);
});

test.each([
  ["rooms", "{"],
  ["rooms", "7"],
  ["language", "tlh"],
  ["read.lobby", "soon"],
])("%s that says %s is as if there were none", (key, text) => {
  const store = storage();
  store.items.set(`roomcast.${key}`, text);
  const kept = createKept(() => store);
  expect([kept.rooms, kept.language, kept.read("lobby")]).toEqual([[], undefined, undefined]);
});

test("a browser that keeps nothing does not stop the page", () => {
  const kept = createKept(() => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  });
  kept.name = "ann";
  expect(kept.name).toBeUndefined();
});
