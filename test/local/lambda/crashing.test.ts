import { expect, onTestFinished, test } from "vitest";
import { createFaults } from "../../../local/faults/faults.ts";
import { readFaultPlan } from "../../../local/faults/plan.ts";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";

const source = "export const handler = async ({ n }) => { if (!n) process.exit(1); console.log(n); return n }";

/** A function that writes and answers its `n`, and really exits without one. */
const withFaults = (plan: string) => {
  const running = runFunctions({ "f.mjs": source }, [lambdaFunction("f")], {
    faults: createFaults(readFaultPlan(plan)),
  });
  onTestFinished(running.end);
  return running;
};

test.each([
  ["before", "has not run", [1]],
  ["after", "has done its work", [1, 2]],
])("function.crash-%s: the handler %s, and its answer is that of a crash", async (when, _done, written) => {
  const running = withFaults(`function.crash-${when}=#2`);
  expect(await running.call("f", { n: 1 })).toMatchObject({ answer: 1 });
  const { requestId, answer, functionError } = await running.call("f", { n: 2 });
  expect({ answer, functionError }).toEqual({
    functionError: "Unhandled",
    answer: {
      errorType: "Runtime.ExitError",
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 1`,
    },
  });
  expect(running.written()).toEqual(written.map((n) => expect.stringMatching(new RegExp(`\\t${n}$`))));
});

test.each(["before", "after"])("who invokes cannot tell function.crash-%s from a real crash", async (when) => {
  const { call, logged, lines } = withFaults(`function.crash-${when}=#1`);
  const seen = async (event: object) => {
    const { requestId, answer, functionError } = await call("f", event);
    const report = lines.map(({ line }) => line).find((line) => line.startsWith(`REPORT RequestId: ${requestId}`));
    const named = JSON.stringify({ answer, functionError, logged: logged.at(-1)?.message });
    return { named: named.replaceAll(requestId, "?"), ended: report?.split("\t").slice(-2) };
  };
  expect(await seen({ n: 1 })).toEqual(await seen({}));
});

test("a handler that fails by itself is no occasion for function.crash-after", async () => {
  const { call } = withFaults("function.crash-after=#1");
  await call("f", {});
  expect(await call("f", { n: 1 })).toMatchObject({ answer: { errorType: "Runtime.ExitError" } });
  expect(await call("f", { n: 2 })).toMatchObject({ answer: 2 });
});
