import { expect, test } from "vitest";
import { createVerdicts } from "../../referees/verdicts.ts";

const passes = async () => {};
const fails = async () => {
  throw new Error("it answers 403, which is wrong");
};

test.each([
  ["what has to hold and does is held", "holds", passes, "held", 0],
  ["what has to hold and does not is a failure with its reason", "holds", fails, "FAILED: it answers 403", 1],
  ["a known shortfall is named and no failure", "it answers 403", fails, "falls short (it answers 403)", 0],
  ["a shortfall of another kind is a failure", "it answers 500", fails, "FAILED: it answers 403", 1],
  ["a known shortfall that is none any more is a failure", "it answers 403", passes, "FAILED: it holds now", 1],
])("%s", async (_rule, expected, check, verdict, unexpected) => {
  const lines: string[] = [];
  const verdicts = createVerdicts((line) => lines.push(line));
  if (expected === "holds") await verdicts.holds("the sky is blue", check);
  else await verdicts.fallsShort("the sky is blue", expected, check);
  expect(lines).toEqual([expect.stringMatching(/^the sky is blue +/)]);
  expect(lines[0]).toContain(verdict);
  expect(verdicts.unexpected()).toBe(unexpected);
});
