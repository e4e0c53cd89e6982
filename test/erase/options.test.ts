import { expect, test } from "vitest";
import { readOptions } from "../../erase/options.ts";

const ofAnn = { stackName: "Roomcast-dev", data: undefined, subject: { identity: "ann" }, dryRun: true };

test.each([
  ["--identity ann", ofAnn],
  ["--room lobby", { ...ofAnn, subject: { room: "lobby" } }],
  ["--identity ann --yes", { ...ofAnn, dryRun: false }],
  ["--identity ann --stage prod --data .roomcast", { ...ofAnn, stackName: "Roomcast-prod", data: ".roomcast" }],
  ["--help --stage 7", "help"],
])("%j is understood", (line, options) => {
  expect(readOptions(line.split(" "))).toEqual(options);
});

test.each([
  ["--yes", "Say what to erase: --identity ID or --room NAME, one of them."],
  ["--identity=", "Say what to erase"],
  ["--identity ann --room lobby", "one of them"],
  ["--identity ann --stage 7", '--stage is "7"'],
  ["--identity ann --data=", "--data is empty"],
  ["--everything", "Unknown option '--everything'"],
])("%j is refused by name", (line, message) => {
  expect(() => readOptions(line.split(" "))).toThrow(message);
});
