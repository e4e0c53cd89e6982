import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compilePattern } from "../../local/eventbridge/pattern/compile.ts";
import { eventFields } from "../../local/eventbridge/pattern/event-fields.ts";
import { matches } from "../../local/eventbridge/pattern/match.ts";

interface Case {
  readonly name: string;
  readonly pattern: unknown;
  readonly patternText?: string;
  readonly event: unknown;
  readonly eventText?: string;
  readonly matches: boolean | "valid" | "invalid";
}

/** What is left out, and why. */
const leftOut = new Map(
  [
    "ruler/EventTest.WHEN_EventIsConstructed_THEN_HeterogeneousArraysAreHandled#0",
    "ruler/ACMachineTest.intensitiesACTest#0",
  ].map((name) => [
    name,
    "one key twice in one object, once with an array and once with an object: a template's EventPattern is an object",
  ]),
);

const directory = resolve(process.env.ROOMCAST_CONFORMANCE ?? join(import.meta.dirname, "../../../shared/conformance"));
const file = join(directory, "event-patterns.json");
if (!existsSync(file)) throw new Error(`${file} is missing: set ROOMCAST_CONFORMANCE to the directory that has it.`);
// The file was written by a library that writes 1e309 as Infinity; such cases carry the true text beside it.
const cases: Case[] = JSON.parse(readFileSync(file, "utf8").replaceAll(/([[,:]-?)Infinity/g, "$11e999"));
const [skipped, asked] = [
  cases.filter(({ name }) => leftOut.has(name)),
  cases.filter(({ name }) => !leftOut.has(name)),
];

const verdict = ({ pattern, patternText, event, eventText }: Case): Case["matches"] => {
  try {
    const compiled = compilePattern(patternText ?? JSON.stringify(pattern));
    return event === null ? "valid" : matches(compiled, eventFields(eventText ?? JSON.stringify(event)));
  } catch (error) {
    if (error instanceof Error && error.name === "InvalidEventPatternException") return "invalid";
    throw error;
  }
};

let agreed = 0;
test.each(asked)("$name is $matches", (recorded) => {
  expect(verdict(recorded)).toBe(recorded.matches);
  agreed++;
});

test("each case that is left out is in the file", () => {
  expect(skipped.map(({ name }) => name)).toEqual([...leftOut.keys()]);
});

afterAll(() => {
  const omissions = skipped.map(({ name }) => `\n  left out: ${name}: ${leftOut.get(name)}`).join("");
  process.stdout.write(`event patterns: ${agreed} of ${cases.length} cases agree with EventBridge${omissions}\n`);
});
