import { afterEach, expect, test } from "vitest";
import { lambdaFunction, operator, runFunctions } from "../../support/functions.ts";

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

const python = lambdaFunction("fill-bucket", {
  Runtime: "python3.13",
  Handler: "index.handler",
  Layers: ["arn:layer"],
});
const providers = new Map([[python.attribute("Arn"), "Custom::CDKBucketDeployment"]]);

/** Starts them with a `f.mjs` that has a handler. */
const start = (...functions: Parameters<typeof runFunctions>[1]) => {
  const running = runFunctions({ "f.mjs": "export const handler = async () => 1" }, functions, { providers });
  ends.push(running.end);
  return running;
};

test("the function of a custom resource is there beside the others, and is not run", async () => {
  const { call, invoke, warm } = start(python, lambdaFunction("f"));
  await warm();
  expect(await call("f")).toMatchObject({ answer: 1 });
  const request = { functionName: "fill-bucket", payload: "{}", principal: operator };
  await expect(invoke(request)).rejects.toMatchObject({
    name: "InvalidRuntimeException",
    status: 502,
    message:
      "fill-bucket (python3.13) makes Custom::CDKBucketDeployment, which this runtime does itself: it is not run here.",
  });
});

test.each([
  [
    "in Python",
    { Runtime: "python3.13" },
    "f cannot be run: python3.13 is not run here, but for the functions of custom resources.",
  ],
  ["with layers", { Layers: ["arn:layer"] }, "f cannot be run: its layers would be missing: no layer is run here."],
])("any other function %s is refused by name at the start", (_what, properties, message) => {
  expect(() => start(lambdaFunction("f", properties))).toThrow(new Error(message));
});
