import { expect, test } from "vitest";
import { compileFilterPattern } from "../../../local/logs/filter-pattern.ts";

const failed = '{"level":"ERROR","message":"post failed","attempt":3,"error":{"name":"Gone","codes":[410]}}';

test.each([
  ["", "anything", true],
  ["ERROR", "an ERROR occurred", true],
  ["ERROR", "an error occurred", false],
  ["ERROR post", "post: ERROR", true],
  ["ERROR post", "ERROR", false],
  ['"post failed"', failed, true],
  ['"failed post"', failed, false],
  ['"say \\"hello\\""', 'they say "hello" to all', true],
  ["ERROR -Gone", "ERROR Gone", false],
  ["ERROR -Gone", "ERROR Lost", true],
  ["-Gone", "all is well", true],
  ["?ERROR ?WARN", "WARN slow", true],
  ["?ERROR ?WARN", "INFO quick", false],
  ['{ $.level = "ERROR" }', failed, true],
  ["{ $.level = ERROR }", failed, true],
  ['{ $.level = "WARN" }', failed, false],
  ['{ $.level != "WARN" }', failed, true],
  ['{ $.message = "post*" }', failed, true],
  ['{ $.message = "p.st*" }', failed, false],
  ["{ $.attempt = 3 }", failed, true],
  ["{ $.attempt >= 4 }", failed, false],
  ["{ $.attempt < 4 }", failed, true],
  ["{ $.error.codes[0] = 410 }", failed, true],
  ['{ $.error.name = "Gone" && $.attempt > 2 }', failed, true],
  ['{ ($.error.name = "Lost") && ($.attempt > 2) }', failed, false],
  ['{ $.error.name = "Lost" || $.attempt > 2 }', failed, true],
  ['{ $.missing != "x" }', failed, false],
  ['{ $.level = "ERROR" }', "level ERROR", false],
  ['{ $.level = "ERROR" }', "{ half", false],
])("%s asks of %s: %s", (pattern, message, matches) => {
  expect(compileFilterPattern(pattern)(message)).toBe(matches);
});

test.each([
  ["[ip, user]", /brackets/],
  ["%ERR.*%", /regular expressions/],
  ["?ERROR WARN", /\?/],
  ['"unended', /not a term/],
  ["{ $.level IS NULL }", /\$\.level IS NULL/],
  ["{ $.level = 1", /does not end/],
  ["{ ($.a = 1 }", /not a comparison/],
  ["{ $.a = 1 $.b = 2 }", /not && or \|\|/],
  ["{ $.a = 1 && $.b = 2 || $.c = 3 }", /&& and \|\|/],
  ['{ $.a > "x" }', /only numbers/],
])("%s is refused, and it is said why", (pattern, reason) => {
  expect(() => compileFilterPattern(pattern)).toThrow(expect.objectContaining({ name: "InvalidParameterException" }));
  expect(() => compileFilterPattern(pattern)).toThrow(reason);
});
