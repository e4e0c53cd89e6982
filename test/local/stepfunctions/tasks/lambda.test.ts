import { expect, test } from "vitest";
import { AwsError } from "../../../../local/aws/error.ts";
import type { InvokeRequest } from "../../../../local/lambda/invoke.ts";
import { execute } from "../execute.ts";
import { machine, returned, threw, work } from "../machine.ts";

const arn = "arn:aws:lambda:us-east-1:111111111111:function:worker";

test("a task is called as the machine's role, in the execution's session and trace", async () => {
  const requests: InvokeRequest[] = [];
  const traceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  await execute(
    machine({ Work: work() }),
    { a: 1 },
    {
      traceHeader,
      invoke: async (request) => {
        requests.push(request);
        return returned(null);
      },
    },
  );
  expect(requests).toEqual([
    {
      functionName: "worker",
      payload: '{"a":1}',
      principal: { kind: "role", roleArn: "arn:aws:iam::111111111111:role/Machine", session: "one" },
      traceHeader,
      signal: expect.any(AbortSignal),
    },
  ]);
});

test("lambda:invoke gives the answer with what is known of the call", async () => {
  const { outcome } = await execute(
    machine({ Work: work({ Output: "{% $states.result %}" }) }),
    {},
    { invoke: async () => returned([1]) },
  );
  expect(outcome).toMatchObject({
    output: { ExecutedVersion: "$LATEST", Payload: [1], StatusCode: 200, SdkHttpMetadata: { HttpStatusCode: 200 } },
  });
});

test("a function's ARN as the Resource gives the bare answer", async () => {
  const Work = { Type: "Task", Resource: arn };
  const { outcome } = await execute(machine({ Work }), [2], {
    invoke: async ({ payload }) => returned(JSON.parse(payload)),
  });
  expect(outcome).toEqual({ status: "SUCCEEDED", output: [2] });
});

test("without a Payload a function gets an empty object", async () => {
  const Work = work({ Arguments: { FunctionName: "worker" } });
  const { outcome } = await execute(machine({ Work }), [2], {
    invoke: async ({ payload }) => returned(JSON.parse(payload)),
  });
  expect(outcome).toEqual({ status: "SUCCEEDED", output: {} });
});

test.each([
  ["named by itself", threw("PostTimeout", "late"), "PostTimeout", '{"errorType":"PostTimeout","errorMessage":"late"}'],
  ["a timeout", threw("Sandbox.Timedout"), "Sandbox.Timedout", expect.stringContaining("Sandbox.Timedout")],
  ["a crash", threw("Runtime.ExitError"), "Runtime.ExitError", expect.stringContaining("Runtime.ExitError")],
  [
    "without a name",
    { ...threw(""), payload: '{"errorMessage":"?"}' },
    "Lambda.Unknown",
    'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"?"}',
  ],
])("a function's error, %s", async (_kind, answer, error, cause) => {
  expect((await execute(machine({ Work: work() }), {}, { invoke: async () => answer })).outcome).toEqual({
    status: "FAILED",
    error,
    cause,
  });
});

test.each([
  ["TooManyRequestsException", 429, "Lambda.TooManyRequestsException"],
  ["ServiceException", 500, "Lambda.ServiceException"],
  ["ResourceNotFoundException", 404, "Lambda.ResourceNotFoundException"],
  ["AccessDeniedException", 403, "Lambda.AWSLambdaException"],
])("Lambda's own %s (%i) is %s", async (name, status, error) => {
  const invoke = async () => {
    throw new AwsError(name, "No.", status);
  };
  expect((await execute(machine({ Work: work() }), {}, { invoke })).outcome).toEqual({
    status: "FAILED",
    error,
    cause: `No. (Service: Lambda, Status Code: ${status})`,
  });
});

test("a function name that is none fails the state", async () => {
  const Work = work({ Arguments: { FunctionName: "{% 1 %}" } });
  expect((await execute(machine({ Work }), {})).outcome).toMatchObject({ status: "FAILED", error: "States.Runtime" });
});
