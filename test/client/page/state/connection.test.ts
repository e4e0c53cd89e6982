import { expect, test } from "vitest";
import { signOf } from "../../../../client/page/state/connection.ts";

const trying = (attempt: number) => ({ state: "connecting", attempt, retryInMs: 500, reason: "" }) as const;

test.each([
  ["nothing was told yet", undefined, true, "connecting"],
  ["it is open", { state: "open" } as const, true, "open"],
  ["it is open and the browser errs", { state: "open" } as const, false, "open"],
  ["it was lost", trying(1), true, "reconnecting"],
  ["there is no network", trying(1), false, "offline"],
  ["it has not come about for long", trying(4), true, "unreachable"],
  ["it was closed", { state: "closed" } as const, false, "closed"],
])("when %s the sign is right", (_what, told, online, sign) => {
  expect(signOf(told, online)).toBe(sign);
});
