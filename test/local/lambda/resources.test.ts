import { expect, test } from "vitest";
import { lambdaFunction } from "../../support/functions.ts";

test("a function's Ref is its name, and its Arn names it", () => {
  const made = lambdaFunction("publish");
  expect(made.ref).toBe("publish");
  expect(made.attribute("Arn")).toBe("arn:aws:lambda:us-east-1:111122223333:function:publish");
  expect(made.properties).toMatchObject({ Timeout: 3, MemorySize: 128, LoggingConfig: { LogFormat: "Text" } });
});

test.each([
  ["a property that would have an effect", { VpcConfig: {} }, /VpcConfig/],
  ["a dead-letter queue", { DeadLetterConfig: { TargetArn: "arn" } }, /DeadLetterConfig/],
  ["a runtime that does not run here", { Runtime: "ruby3.4" }, /nodejs24\.x and nodejs22\.x/],
  ["inline code", { Code: { ZipFile: "exports.handler = 1" } }, /S3Bucket|ZipFile/],
  ["a level without JSON", { LoggingConfig: { ApplicationLogLevel: "INFO" } }, /LogFormat JSON/],
  ["a timeout over 15 minutes", { Timeout: 901 }, /900/],
])("%s is refused by name", (_what, properties, message) => {
  expect(() => lambdaFunction("f", properties)).toThrow(message);
});
