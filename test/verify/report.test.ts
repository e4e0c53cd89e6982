import { expect, test } from "vitest";
import type { Answered } from "../../verify/probe.ts";
import { line, report, summary } from "../../verify/report.ts";

const must = (answer: Answered["answer"], more: Partial<Answered> = {}): Answered => ({
  says: "It works",
  must: true,
  answer,
  reason: "It was tried.",
  ...more,
});
const inferred = (answer: Answered["answer"]) => must(answer, { says: "AWS does so", must: false });
const heading = { endpoint: "wss://api/dev", stackName: "Roomcast-dev", at: "2026-11-23T12:00:00.000Z" };

test("only what must hold and does not is a failure", () => {
  const answers = [must("yes"), must("no"), must("not measurable"), inferred("no")];
  expect(summary(answers)).toBe("1 yes, 2 no, 1 not measurable; of the 3 that must hold, 1 fail.");
  expect(answers.map((answered) => line(answered).split(" ")[0])).toEqual(["yes", "NO", "not", "no"]);
});

test("a reason with bars, tags or line breaks stays one cell of its table", () => {
  const written = report({ ...heading, inside: undefined }, [must("no", { reason: "a|b <c>\n  d" })]);
  expect(written).toContain("| It works | no | a\\|b \\<c> d |\n");
});

test.each([
  ["the local runtime", "the local runtime" as const, true],
  ["AWS", { region: "eu-central-1" }, false],
])("a report of %s says whether it proves anything of AWS", (_where, inside, proviso) => {
  expect(report({ ...heading, inside }, [inferred("yes")]).includes("only\na deployment can answer")).toBe(proviso);
});
