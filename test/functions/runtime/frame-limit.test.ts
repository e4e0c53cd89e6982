import { expect, test } from "vitest";
import { frameLimit } from "../../../functions/runtime/frame-limit.ts";

const limitAt = (now = 1_700_000_000_000) => frameLimit({ framesPerSecond: 1, framesBurst: 1 }, () => now);

test("each connection has a bucket of its own", () => {
  const admit = limitAt();
  expect([admit("ann="), admit("ann="), admit("bob=")].map(({ fate }) => fate)).toEqual(["taken", "refused", "taken"]);
});

test("of very many connections the one is forgotten that has sent nothing for the longest time", () => {
  const admit = limitAt();
  for (const id of ["ann=", "bob="]) admit(id);
  for (let index = 0; index < 9_998; index++) admit(`${index}=`);
  expect(admit("ann=")).toMatchObject({ fate: "refused" });
  admit("one more=");
  expect(admit("ann=")).toMatchObject({ fate: "flooded" });
  expect(admit("bob=")).toMatchObject({ fate: "taken" });
});
