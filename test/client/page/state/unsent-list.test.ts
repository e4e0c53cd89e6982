import { expect, test } from "vitest";
import {
  type AllUnsent,
  acked,
  again,
  came,
  failed,
  without,
  written,
} from "../../../../client/page/state/unsent-list.ts";

const all = (...texts: string[]) =>
  texts.reduce<AllUnsent>((list, text, index) => written(list, { key: `k${index}`, text, at: index }), []);
const message = (id: string, data: unknown) => ({ id, seq: 1, from: { id: "me", name: "" }, data, received: 0 });
const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key);

test("a message that comes before its ack is the first that says the same", () => {
  expect(keys(came(all("one", "hi", "hi"), message("01", "hi")))).toEqual(["k0", "k2"]);
});

test("a message whose ack has named it is that one, whatever else says the same", () => {
  expect(keys(came(acked(all("hi", "hi"), "k1", "01"), message("01", "hi")))).toEqual(["k0"]);
});

test("a message of another page of the same person takes nothing away", () => {
  expect(keys(came(all("one"), message("01", "two")))).toEqual(["k0"]);
});

test("one that failed says why, and is not taken for one that comes", () => {
  const list = failed(all("hi"), "k0", "FORBIDDEN");
  expect(list).toMatchObject([{ state: "failed", code: "FORBIDDEN" }]);
  expect(came(list, message("01", "hi"))).toEqual(list);
});

test("one that is tried again comes after what was written meanwhile", () => {
  const list = again(failed(all("first", "second"), "k0", "FORBIDDEN"), "k0", 9);
  expect(list).toMatchObject([{ key: "k1" }, { key: "k0", text: "first", state: "sending", at: 9 }]);
  expect(list[1]).not.toHaveProperty("code");
});

test("one that is discarded is gone, and its ack changes nothing", () => {
  expect(acked(without(all("hi"), "k0"), "k0", "01")).toEqual([]);
});
