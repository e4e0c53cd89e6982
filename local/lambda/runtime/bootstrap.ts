/**
 * What runs in an execution environment, a worker thread: Lambda's Node runtime. It loads the handler once, then
 * takes one invocation after the other. Modelled on the behaviour of the runtime that AWS publishes,
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { errorPayload, responsePayload, unhandledRejection } from "./error-payload.ts";
import { waitAtGate } from "./gate.ts";
import { type Handler, loadHandler } from "./load-handler.ts";
import { consoleLine, styleOf } from "./log-lines.ts";
import type { ErrorPayload, Invocation, Message, Setup } from "./messages.ts";
import { captureOutput } from "./output.ts";

const { handler: handlerName, taskRoot, gate } = workerData as Setup;
const style = styleOf(process.env);
const { AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_VERSION, AWS_LAMBDA_FUNCTION_MEMORY_SIZE } = process.env;
const { AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME } = process.env;
let current: Invocation | undefined;
let taken = 0;

const send = (message: Message) => parentPort?.postMessage(message);
const memoryBytes = () => {
  const { total_heap_size, external_memory } = getHeapStatistics();
  return total_heap_size + external_memory;
};

/** Lambda's own line about what was thrown, which is the only place where a caller's stack is kept. */
const logThrown = (title: string, thrown: unknown) => {
  const values = style.json ? [thrown instanceof Error ? thrown : new Error(String(thrown))] : [title, thrown];
  send({ kind: "line", line: consoleLine(style, new Date(), current?.requestId, "ERROR", values), byRuntime: true });
};

const end = (title: string, thrown: unknown, error: ErrorPayload, exitCode: number) => {
  logThrown(title, thrown);
  send({ kind: "fatal", error });
  process.exit(exitCode);
};

const contextOf = ({ requestId, functionArn, remainingMs }: Invocation) => {
  const deadline = performance.now() + remainingMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
};

/**
 * Stands still until the invocation after the `nth`: what was not awaited does not go on meanwhile.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 * The turn of the event loop is ended first. Lambda's own runtime takes some turns to ask for the next invocation, and
 * in the first the X-Ray SDK sends the datagrams of what has just been closed.
 */
const freeze = (nth: number) => setImmediate(() => waitAtGate(gate, nth));

const run = async (handler: Handler, invocation: Invocation) => {
  const nth = ++taken;
  current = invocation;
  process.env._X_AMZN_TRACE_ID = invocation.traceHeader;
  const started = performance.now();
  const ran = () => ({ durationMs: performance.now() - started, memoryBytes: memoryBytes() });
  try {
    const payload = responsePayload(await handler(JSON.parse(invocation.payload), contextOf(invocation)));
    send({ kind: "result", payload, ...ran() });
  } catch (thrown) {
    logThrown("Invoke Error", thrown);
    send({ kind: "error", error: errorPayload(thrown), ...ran() });
  }
  freeze(nth);
};

process.on("uncaughtException", (thrown) => end("Uncaught Exception", thrown, errorPayload(thrown), 129));
process.on("unhandledRejection", (reason) =>
  end("Unhandled Promise Rejection", reason, unhandledRejection(reason), 128),
);
// A stack then names the line of the source, where the bundle brings its map.
process.setSourceMapsEnabled(true);
captureOutput(
  style,
  () => current?.requestId,
  (line) => send({ kind: "line", line }),
);
try {
  const handler = await loadHandler(taskRoot, handlerName);
  parentPort?.on("message", (invocation: Invocation) => void run(handler, invocation));
  send({ kind: "ready" });
  freeze(taken);
} catch (thrown) {
  end("Uncaught Exception", thrown, errorPayload(thrown), 1);
}
