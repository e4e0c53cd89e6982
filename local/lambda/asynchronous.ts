import type { Principal } from "../aws/service.ts";
import { type Clock, sleep } from "../clock.ts";
import type { Log } from "../log.ts";
import { afterAttempt, type Condition } from "./after-attempt.ts";
import type { LambdaFunction } from "./create-function.ts";
import { type AsynchronousConfig, withoutConfig } from "./event-invoke-config.ts";
import { tooLarge } from "./faults.ts";
import { invocationRecord } from "./invocation-record.ts";
import type { InvokeResult } from "./invoke.ts";

/** Payloads of asynchronous invocations are smaller, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 1_048_576;

interface Needs {
  readonly clock: Clock;
  readonly log: Log;
  /** By the function's name. */
  readonly configs: ReadonlyMap<string, AsynchronousConfig>;
  /** Sends a record to a queue in the name of `principal`. @throws AwsError where it may not, or there is none */
  sendRecord(queueArn: string, record: string, principal: Principal): Promise<void>;
}

interface AsynchronousRequest {
  readonly requestId: string;
  /** The event, as JSON text. */
  readonly payload: string;
  readonly traceHeader?: string | undefined;
}

/** Lambda's queue of asynchronous invocations. */
export interface Asynchronous {
  /**
   * Takes an event. Resolves once it has finally ended: the function succeeded, or the event was given up and recorded
   * at its destination, if it has one. Rejects where the runtime stops before: the queue is in memory, and whoever
   * started the invocation has to start it again.
   * @throws AwsError `RequestTooLargeException`
   */
  start(found: LambdaFunction, request: AsynchronousRequest): Promise<void>;
  /** Ends the waiting for retries; what is cut short is neither retried nor recorded as failed. */
  stop(): void;
}

export const createAsynchronous = ({ clock, log, configs, sendRecord }: Needs): Asynchronous => {
  const stopping = new AbortController();

  const run = async (found: LambdaFunction, request: AsynchronousRequest): Promise<void> => {
    const config = configs.get(found.name) ?? withoutConfig;
    const queuedAt = clock.now();
    let answer: InvokeResult | undefined;
    for (let failed = 0, refused = 0; ; ) {
      const result = await attempt(found, request);
      stopping.signal.throwIfAborted();
      if (result && !result.functionError) return;
      if (result) failed++;
      else refused++;
      answer = result ?? answer;
      const latest = result ? "failed" : "refused";
      // Reserved concurrency of zero is how a function is switched off: its events are not kept for it.
      const isOff = found.reserved === 0;
      const next = isOff
        ? { condition: "ZeroReservedConcurrency" as const }
        : afterAttempt(config, { failed, refused, latest, ageMs: clock.now() - queuedAt });
      if ("condition" in next) return giveUp(found, request, config, { ...next, attempts: failed, answer });
      await sleep(clock, next.retryAfterMs, stopping.signal);
    }
  };

  /** Undefined where the function could not be run: throttled, or by an error of the service. */
  const attempt = async (found: LambdaFunction, request: AsynchronousRequest) => {
    try {
      return await found.invoke(request);
    } catch (error) {
      if (!stopping.signal.aborted)
        log({ level: "warn", from: "lambda", message: `${found.name} could not be invoked: ${String(error)}` });
      return undefined;
    }
  };

  const giveUp = async (
    found: LambdaFunction,
    { requestId, payload }: AsynchronousRequest,
    { onFailure }: AsynchronousConfig,
    { condition, attempts, answer }: { condition: Condition; attempts: number; answer: InvokeResult | undefined },
  ) => {
    const warn = (what: string, details: Record<string, unknown> = {}) =>
      log({
        level: "warn",
        from: "lambda",
        message: `An asynchronous invocation of ${found.name} is given up (${condition}, attempts: ${attempts})${what}.`,
        details: { requestId, ...details },
      });
    if (!onFailure) return warn(" and dropped");
    const at = clock.now();
    const record = invocationRecord({ requestId, functionArn: found.arn, payload, condition, attempts, answer, at });
    const principal: Principal = { kind: "role", roleArn: found.properties.Role, session: found.name };
    try {
      await sendRecord(onFailure, JSON.stringify(record), principal);
      warn(" and recorded", { queue: onFailure });
    } catch (error) {
      // What Lambda counts as DestinationDeliveryFailures: the record is lost there too.
      warn(", and its record could not be sent", { queue: onFailure, error });
    }
  };

  return {
    start(found, request) {
      if (Buffer.byteLength(request.payload) > maxEventBytes) throw tooLarge(maxEventBytes);
      return run(found, request);
    },
    stop: () => stopping.abort(),
  };
};
