import { expect, test } from "vitest";
import type { MessageSummary, Receipt } from "../../console/contract.ts";
import { worthALook } from "../../demo/worth-a-look.ts";

const receipt: Receipt = {
  recipients: 79,
  delivered: 78,
  gone: 1,
  failed: 0,
  throttled: 3,
  durationMs: 2_345,
};
const message = (id: string, change: Partial<Receipt> | undefined): MessageSummary => ({
  ...{ id, room: "lobby", seq: 1, from: "ann", received: 0 },
  ...(change ? { state: "delivered", receipt: { ...receipt, ...change } } : { state: "running" }),
});

test("a message that was throttled and came to many is worth a look, and it says why", () => {
  const messages = [message("no receipt yet", undefined), message("this one", {}), message("another", {})];
  expect(worthALook(messages)).toEqual({
    id: "this one",
    why: "In lobby 3 posts were throttled and tried again: 78 of 79 had it after 2.3 s.",
  });
});

test.each([
  ["to few", { recipients: 50 }],
  ["that went smoothly", { throttled: 0 }],
  ["that did not come to everyone", { failed: 1 }],
])("one %s is not", (_which, change) => {
  expect(worthALook([message("dull", change)])).toBeUndefined();
});
