import { afterEach, expect, test } from "vitest";
import { AwsError } from "../../../local/aws/error.ts";
import type { Principal } from "../../../local/aws/service.ts";
import { eventInvokeConfig } from "../../../local/lambda/event-invoke-config.ts";
import type { FunctionsNeeds } from "../../../local/lambda/functions.ts";
import { declared } from "../../support/declared.ts";
import { lambdaFunction, operator, runFunctions } from "../../support/functions.ts";
import { manualClock } from "../../support/manual-clock.ts";

const QUEUE = "arn:aws:sqs:us-east-1:111122223333:failed";
const MINUTE = 60_000;

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** The function `f` that fails as often as its event says, at a clock that stands, and what its queue was sent. */
const failing = (config: object = {}, properties: object = {}, needs: Partial<FunctionsNeeds> = {}) => {
  const clock = manualClock();
  const sent: { queue: string; record: Record<string, unknown>; principal: Principal }[] = [];
  const body =
    "if (event.hangs) await new Promise(() => setInterval(() => {}, 1000));" +
    "globalThis.n = (globalThis.n ?? 0) + 1; if (globalThis.n <= event.failures) throw new RangeError('bad')";
  const running = runFunctions(
    { "f.mjs": `export const handler = async (event) => { ${body} };` },
    [lambdaFunction("f", properties)],
    {
      clock,
      eventInvokeConfigs: [
        declared(eventInvokeConfig, "Config", {
          FunctionName: "f",
          Qualifier: "$LATEST",
          DestinationConfig: { OnFailure: { Destination: QUEUE } },
          ...config,
        }),
      ],
      sendRecord: async (queue, record, principal) => void sent.push({ queue, record: JSON.parse(record), principal }),
      ...needs,
    },
  );
  ended.push(running.end);
  const linesOf = (kind: string) => running.lines.filter(({ line }) => line.startsWith(kind)).length;
  const attempts = () => linesOf("START");
  const start = (failures = 9) =>
    running.invokeAsynchronously({ functionName: "f", payload: JSON.stringify({ failures }), principal: operator });
  /** Lets the attempts be made that are due within these minutes, as many as there should have been by then. */
  const pass = async (minutes: number, made: number) => {
    await clock.advance(minutes * MINUTE);
    await expect.poll(() => linesOf("REPORT"), { timeout: 5000 }).toBe(made);
    expect(attempts()).toBe(made);
  };
  return { ...running, clock, sent, attempts, start, pass };
};

test("a failing function is tried again after a minute and after two more, and its success ends it", async () => {
  const { start, pass, sent } = failing();
  const done = start(2);
  await pass(0, 1);
  await pass(0.9, 1);
  await pass(0.1, 2);
  await pass(1.9, 2);
  await pass(0.1, 3);
  await done;
  expect(sent).toEqual([]);
});

test("what failed for the last time is recorded at the destination, in the name of the function's role", async () => {
  const { start, pass, sent } = failing();
  const done = start();
  await pass(0, 1);
  await pass(1, 2);
  await pass(2, 3);
  await done;
  expect(sent).toEqual([
    {
      queue: QUEUE,
      principal: { kind: "role", roleArn: "arn:aws:iam::111122223333:role/f", session: "f" },
      record: {
        version: "1.0",
        timestamp: "2026-01-01T00:03:00.000Z",
        requestContext: {
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          functionArn: "arn:aws:lambda:us-east-1:111122223333:function:f:$LATEST",
          condition: "RetriesExhausted",
          approximateInvokeCount: 3,
        },
        requestPayload: { failures: 9 },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        responsePayload: { errorType: "RangeError", errorMessage: "bad", trace: expect.any(Array) },
      },
    },
  ]);
});

test("without retries the first failure is the last", async () => {
  const { start, sent, attempts } = failing({ MaximumRetryAttempts: 0 });
  await start();
  expect(attempts()).toBe(1);
  expect(sent).toMatchObject([{ record: { requestContext: { condition: "RetriesExhausted" } } }]);
});

test("a retry that would come after the event's greatest age is not waited for", async () => {
  const { start, pass, sent } = failing({ MaximumEventAgeInSeconds: 100 });
  const done = start();
  await pass(0, 1);
  await pass(1, 2);
  await done;
  expect(sent).toMatchObject([
    { record: { requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 2 } } },
  ]);
});

test("a throttled event waits 1, 2, 4… seconds, which are no failures of the function, until it is too old", async () => {
  const { warm, start, invoke, clock, logged, sent } = failing(
    { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    { ReservedConcurrentExecutions: 1, Timeout: 900 },
  );
  await warm();
  void invoke({ functionName: "f", payload: '{"hangs":true}', principal: operator });
  const done = start();
  const refused = () => logged.filter(({ message }) => message.includes("could not be invoked")).length;
  const waits = [0, 1000, 1999, 1, 4000, 8000, 16_000];
  const counts: number[] = [];
  for (const ms of waits) {
    await clock.advance(ms);
    counts.push(refused());
  }
  expect(counts).toEqual([1, 2, 2, 3, 4, 5, 6]);
  await done;
  const [{ record } = { record: undefined }] = sent;
  expect(record).toMatchObject({ requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 } });
  expect(record).not.toHaveProperty("responsePayload");
});

test("a function whose reserved concurrency is zero is not waited for: the event is recorded without a response", async () => {
  const { start, sent, attempts } = failing({}, { ReservedConcurrentExecutions: 0 });
  await start();
  expect(attempts()).toBe(0);
  const [{ record } = { record: undefined }] = sent;
  expect(record).toMatchObject({
    requestContext: { condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 },
    requestPayload: { failures: 9 },
  });
  expect(record).not.toHaveProperty("responseContext");
});

test("a destination that refuses the record loses it, and the log says so", async () => {
  const sendRecord = async () => {
    throw new AwsError("AccessDeniedException", "not you", 403);
  };
  const { start, logged } = failing({ MaximumRetryAttempts: 0 }, {}, { sendRecord });
  await start();
  expect(logged.at(-1)).toMatchObject({ level: "warn", message: expect.stringContaining("could not be sent") });
});

test("an end of the runtime is no failure of the function: nothing is recorded, and who started it hears of it", async () => {
  const { start, pass, stop, sent } = failing({ MaximumRetryAttempts: 2 });
  const done = expect(start()).rejects.toThrow(/aborted/);
  await pass(0, 1);
  await stop();
  await done;
  expect(sent).toEqual([]);
});

test.each([
  ["an unknown function", { functionName: "gone" }, "ResourceNotFoundException"],
  ["too large an event", { payload: JSON.stringify("x".repeat(1_048_576)) }, "RequestTooLargeException"],
])("%s is not taken", async (_what, request, name) => {
  const { invokeAsynchronously } = failing();
  const taken = invokeAsynchronously({ functionName: "f", payload: "{}", principal: operator, ...request });
  await expect(taken).rejects.toMatchObject({ name });
});

test("who may not invoke it is refused", async () => {
  const authorize = (): never => {
    throw new AwsError("AccessDeniedException", "not you", 403);
  };
  const { start, attempts } = failing({}, {}, { authorize });
  await expect(start()).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(attempts()).toBe(0);
});

test("a configuration of a function that is not there stops the start by its name", () => {
  expect(() => failing({ FunctionName: "gone" })).toThrow("Config: the template has no function gone");
});

test.each([
  ["a destination of success", { DestinationConfig: { OnSuccess: { Destination: QUEUE } } }, /OnSuccess/],
  ["a topic", { DestinationConfig: { OnFailure: { Destination: "arn:aws:sns:us-east-1:1:t" } } }, /Only a queue/],
  ["a version", { Qualifier: "7" }, /Only \$LATEST/],
  ["three retries", { MaximumRetryAttempts: 3 }, /<=2/],
])("%s is refused", (_what, config, message) => {
  expect(() => failing(config)).toThrow(message);
});
