import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import { lambdaFunction, runFunctions } from "../../support/functions.ts";
import { serveRest } from "../../support/rest-server.ts";

const asked: string[] = [];
const running = runFunctions(
  { "echo.mjs": "export const handler = async (event) => event" },
  [lambdaFunction("echo"), lambdaFunction("one", { Handler: "echo.handler", ReservedConcurrentExecutions: 1 })],
  {
    authorize: (_principal, [permission]) => {
      asked.push(permission!.action);
      if (permission!.resource.endsWith(":secret")) throw new AwsError("AccessDeniedException", "not you", 403);
    },
  },
);
let server: Awaited<ReturnType<typeof serveRest>>;
let client: LambdaClient;
beforeAll(async () => {
  server = await serveRest(running.rest);
  client = new LambdaClient({ ...server.client, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await server.close();
  await running.end();
});

const put = (FunctionName: string, ReservedConcurrentExecutions: number) =>
  client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
const reservedOf = async (FunctionName: string) =>
  (await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;
const invoke = () => client.send(new InvokeCommand({ FunctionName: "echo" }));

test("a function is switched off by a concurrency of 0, and on again by none", async () => {
  expect(await put("echo", 0)).toMatchObject({ ReservedConcurrentExecutions: 0 });
  expect(await reservedOf("echo")).toBe(0);
  await expect(invoke()).rejects.toMatchObject({
    name: "TooManyRequestsException",
    message: "Rate Exceeded.",
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    $metadata: { httpStatusCode: 429 },
  });
  const deleted = await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "echo" }));
  expect(deleted.$metadata.httpStatusCode).toBe(204);
  expect(await reservedOf("echo")).toBeUndefined();
  expect(await invoke()).toMatchObject({ StatusCode: 200 });
});

test("what the template reserves is there from the start, and is changed by the API", async () => {
  expect(await reservedOf("one")).toBe(1);
  await put("one", 7);
  expect(await reservedOf("one")).toBe(7);
});

test("each action needs its own permission", async () => {
  asked.length = 0;
  await put("one", 1);
  await reservedOf("one");
  await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "one" }));
  const actions = ["PutFunctionConcurrency", "GetFunctionConcurrency", "DeleteFunctionConcurrency"];
  expect(asked).toEqual(actions.map((action) => `lambda:${action}`));
  await expect(put("secret", 1)).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test.each([
  ["an unknown function", "gone", 1, "ResourceNotFoundException", 404],
  ["fewer than none", "echo", -1, "InvalidParameterValueException", 400],
  ["a part of one", "echo", 0.5, "InvalidParameterValueException", 400],
])("%s is refused, and nothing changes", async (_what, name, concurrency, error, status) => {
  await expect(put(name, concurrency)).rejects.toMatchObject({ name: error, $metadata: { httpStatusCode: status } });
  expect(await invoke()).toMatchObject({ StatusCode: 200 });
});
