import { expect, test } from "vitest";
import { decidedHeader, isTraced } from "../../../functions/protocol/tracing.ts";

const ids = Array.from({ length: 20_000 }, (_, index) => `01M844QEWP6FNAXH63TW${String(index).padStart(6, "0")}`);

test.each([0, 0.1, 5, 50, 100])("of many messages %d %% are traced", (percent) => {
  const share = ids.filter((id) => isTraced(id, percent)).length / ids.length;
  expect(Math.abs(share - percent / 100)).toBeLessThan(0.01);
});

test("no message is traced at 0 %, and each at 100 %", () => {
  expect([0, 100].map((percent) => ids.filter((id) => isTraced(id, percent)).length)).toEqual([0, ids.length]);
});

test("a message that is traced stays so where the share grows", () => {
  const [few, more] = [5, 6].map((percent) => ids.filter((id) => isTraced(id, percent)));
  expect(more).toEqual(expect.arrayContaining(few!));
});

const root = "1-5759e988-bd862e3fe1be46a994272793";
const [callers, ours] = ["53995c3f42cd8ad8", "0123456789abcdef"];

test.each([
  [
    "goes on from what is recorded",
    `Root=${root};Parent=${callers};Sampled=1`,
    true,
    ours,
    `;Parent=${ours};Sampled=1`,
  ],
  ["begins where nothing was", `Root=${root};Parent=${callers};Sampled=0`, true, undefined, ";Sampled=1"],
  ["ends, whatever was recorded", `Root=${root};Parent=${callers};Sampled=1`, false, ours, ";Sampled=0"],
  ["is known with a lineage behind it", `Root=${root};Sampled=0;Lineage=1:a87bd80c:1`, true, undefined, ";Sampled=1"],
  ["is known wherever its root stands", `Self=1-2;Root=${root}`, false, undefined, ";Sampled=0"],
])("a trace %s", (_what, header, sampled, parent, rest) => {
  expect(decidedHeader(header, sampled, parent)).toBe(`Root=${root}${rest}`);
});

test("without a trace there is nothing to go on with", () => {
  expect(decidedHeader("", true, undefined)).toBe("");
});
