import { expect, test } from "vitest";
import { createNavigation } from "../../../client/page/navigation.ts";

const tab = (hash: string, search = "") => {
  let changed = () => {};
  const location = { hash, search, pathname: "/chat/" };
  const replaced: string[] = [];
  return {
    location,
    replaced,
    history: { replaceState: (_data: null, _unused: "", address: string) => void replaced.push(address) },
    addEventListener: (_type: "hashchange", listener: () => void) => {
      changed = listener;
    },
    comesTo: (next: string) => {
      location.hash = next;
      changed();
    },
  };
};

test("a link with ?room= becomes the address that the page uses itself", () => {
  const here = tab("", "?room=会議");
  expect(createNavigation(here, "lobby").room.value).toBe("会議");
  expect(here.replaced).toEqual(["/chat/#/room/%E4%BC%9A%E8%AD%B0"]);
});

test("an address that says nothing leads to the fallback, and the list of rooms to none", () => {
  expect(createNavigation(tab(""), "lobby").room.value).toBe("lobby");
  expect(createNavigation(tab("#/"), "lobby").room.value).toBeUndefined();
});

test("the room follows the address, back and forth", () => {
  const here = tab("#/room/one");
  const { room, go } = createNavigation(here);
  here.comesTo("#/room/two");
  expect(room.value).toBe("two");
  go("three");
  expect(here.location.hash).toBe("#/room/three");
  go(undefined);
  expect(here.location.hash).toBe("#/");
});
