import { type Clock, sleep } from "../clock.ts";
import type { Log } from "../log.ts";
import type { LambdaFunction } from "./create-function.ts";

/** Between the attempts of an asynchronous invocation, in ms: a minute, then two. */
const pausesMs = [60_000, 120_000];

/**
 * Runs an asynchronous invocation as Lambda's queue does: a failing one is tried twice more, then dropped.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * The queue is in memory: what waits in it is lost when the runtime stops.
 */
export const retryAsynchronously = async (
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  found: LambdaFunction,
  request: Parameters<LambdaFunction["invoke"]>[0],
): Promise<void> => {
  for (const pause of [...pausesMs, undefined]) {
    if (await succeeds(log, found, request)) return;
    if (pause !== undefined) await sleep(clock, pause);
  }
  const message = `An asynchronous invocation of ${found.name} failed three times and is dropped.`;
  log({ level: "warn", from: "lambda", message, details: { requestId: request.requestId } });
};

/** A refused attempt counts as a failed one; AWS would try a throttled one for six hours. */
const succeeds = async (
  log: Log,
  found: LambdaFunction,
  request: Parameters<LambdaFunction["invoke"]>[0],
): Promise<boolean> => {
  try {
    return (await found.invoke(request)).functionError === undefined;
  } catch (error) {
    log({ level: "warn", from: "lambda", message: `${found.name} could not be invoked: ${String(error)}` });
    return false;
  }
};
