import { expect, onTestFinished, test } from "vitest";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";
import { counted } from "../cloudwatch/counted.ts";

/** The function `pay`, which fails when it is told to. */
const pay = (properties = {}) => {
  const metrics = counted();
  const files = { "pay.mjs": "export const handler = async ({ fail }) => { if (fail) throw new Error('no'); };" };
  const running = runFunctions(files, [lambdaFunction("pay", properties)], { putMetric: metrics.putMetric });
  onTestFinished(running.end);
  return { ...running, sums: () => metrics.sums({ FunctionName: "pay" }), ofAll: () => metrics.sums({}) };
};

test("an invocation and its failure are counted, with how long they took", async () => {
  const { call, sums } = pay();
  await call("pay", {});
  await call("pay", { fail: true });
  expect(sums()).toMatchObject({ Invocations: 2, Errors: 1, Throttles: 0, Duration: expect.any(Number) });
});

test("how many run at once is known as each of them ends, for the function and for all together", async () => {
  const { call, sums, ofAll } = pay();
  await Promise.all([call("pay", {}), call("pay", {}), call("pay", {})]);
  expect([sums().ConcurrentExecutions, ofAll()]).toEqual([3 + 2 + 1, { ConcurrentExecutions: 3 + 2 + 1 }]);
});

test("what is throttled is no invocation", async () => {
  const { call, sums } = pay({ ReservedConcurrentExecutions: 0 });
  await expect(call("pay", {})).rejects.toMatchObject({ name: "TooManyRequestsException" });
  expect(sums()).toEqual({ Throttles: 1 });
});
