import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../../local/json.ts";
import { answer, asWorker, iamOf, statement, worker } from "./iam-builder.ts";

const holds = (Condition: JsonObject, given: Record<string, string | string[]>) =>
  answer(iamOf({ Worker: worker([statement({ Condition })]) }), asWorker, "events:PutEvents", "*", given) === "allowed";

test.each<[Json, Record<string, string | string[]>, boolean]>([
  [{ StringEquals: { "events:source": "a" } }, { "events:source": "a" }, true],
  [{ StringEquals: { "events:source": ["b", "a"] } }, { "events:source": "a" }, true],
  [{ StringEquals: { "EVENTS:Source": "a" } }, { "events:source": "a" }, true],
  [{ StringEquals: { "events:source": "A" } }, { "events:source": "a" }, false],
  [{ StringEquals: { "events:source": "a" } }, {}, false],
  [{ StringEquals: { "events:source": "a", "events:detail-type": "t" } }, { "events:source": "a" }, false],
  [{ StringEqualsIfExists: { "events:source": "a" } }, {}, true],
  [{ StringEqualsIgnoreCase: { "events:source": "A" } }, { "events:source": "a" }, true],
  [{ StringNotEquals: { "events:source": ["a", "b"] } }, { "events:source": "b" }, false],
  [{ StringNotEquals: { "events:source": "a" } }, {}, true],
  [{ StringLike: { "events:source": "a*c?" } }, { "events:source": "abbcd" }, true],
  [{ StringLike: { "events:source": "a*c?" } }, { "events:source": "abbc" }, false],
  [{ StringNotLike: { "events:source": "a*" } }, { "events:source": "b" }, true],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/wor*" } }, {}, true],
  [{ ArnLike: { "aws:PrincipalArn": "arn:aws:*:role/worker" } }, {}, false],
  [{ ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/other" } }, {}, true],
  [{ Bool: { "aws:SecureTransport": "true" } }, {}, true],
  [{ Bool: { "aws:SecureTransport": false } }, {}, false],
  [{ Bool: { "aws:PrincipalIsAWSService": "false" } }, {}, true],
  [{ Null: { "events:source": "true" } }, {}, true],
  [{ Null: { "events:source": "true" } }, { "events:source": "a" }, false],
  [{ Null: { "events:source": false } }, { "events:source": "a" }, true],
  [{ NumericLessThan: { "events:source": 5 } }, { "events:source": "4.5" }, true],
  [{ NumericGreaterThanEquals: { "events:source": "5" } }, { "events:source": "4.5" }, false],
  [{ NumericEquals: { "events:source": 5 } }, { "events:source": "five" }, false],
  [{ "ForAllValues:StringEquals": { "events:source": ["a", "b"] } }, { "events:source": ["a", "b", "a"] }, true],
  [{ "ForAllValues:StringEquals": { "events:source": ["a", "b"] } }, { "events:source": ["a", "c"] }, false],
  [{ "ForAllValues:StringEquals": { "events:source": "a" } }, {}, true],
  [{ "ForAnyValue:StringLike": { "events:source": "a*" } }, { "events:source": ["x", "ab"] }, true],
  [{ "ForAnyValue:StringEquals": { "events:source": "a" } }, {}, false],
])("%j with %j holds: %s", (condition, given, result) => {
  expect(holds(condition as JsonObject, given)).toBe(result);
});

test("a wildcard pattern made to run long ends at once", () => {
  const Condition = { StringLike: { "events:source": `${"a*".repeat(50)}b` } };
  expect(holds(Condition, { "events:source": "a".repeat(5_000) })).toBe(false);
});
