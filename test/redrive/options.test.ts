import { expect, test } from "vitest";
import { readOptions } from "../../redrive/options.ts";

const listing = { stackName: "Roomcast-dev", data: undefined, letterIds: undefined, dryRun: true };

test.each([
  ["", listing],
  ["--stage prod", { ...listing, stackName: "Roomcast-prod" }],
  ["--data .roomcast", { ...listing, data: ".roomcast" }],
  ["--all", { ...listing, letterIds: "all" }],
  ["--all --yes", { ...listing, letterIds: "all", dryRun: false }],
  ["--letter a --letter b --yes", { ...listing, letterIds: ["a", "b"], dryRun: false }],
  ["--help --stage 7", "help"],
])("%j is understood", (line, options) => {
  expect(readOptions(line.split(" ").filter(Boolean))).toEqual(options);
});

test.each([
  ["--stage 7", '--stage is "7"'],
  ["--data=", "--data is empty"],
  ["--all --letter a", "--all and --letter: give one of them"],
  ["--yes", "--yes: to what?"],
  ["--everything", "Unknown option '--everything'"],
])("%j is refused by name", (line, message) => {
  expect(() => readOptions(line.split(" "))).toThrow(message);
});
