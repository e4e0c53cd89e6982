import type { Resource } from "../cloudformation/resource-type.ts";
import { createSampler } from "../xray/sampler.ts";
import { runCrashing } from "./crashing.ts";
import { type Environment, type Outcome, startEnvironment } from "./environment.ts";
import { environmentVariables } from "./environment-variables.ts";
import { failureEntry } from "./failure-entry.ts";
import { maxRequestBytes, overReserved, tooLarge } from "./faults.ts";
import type { FunctionsNeeds } from "./functions.ts";
import type { InvokeResult } from "./invoke.ts";
import { logGroupOf } from "./label.ts";
import { reportLines, startLine } from "./platform-lines.ts";
import { createPool } from "./pool.ts";
import type { FunctionProperties } from "./resources.ts";
import { invocationSegments, traceInvocation } from "./trace.ts";

/** One function of the template, running. */
export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly properties: FunctionProperties;
  /** How many invocations may run at once, if that is limited; with 0, none. */
  readonly reserved: number | undefined;
  reserve(concurrency: number | undefined): void;
  invoke(request: FunctionRequest): Promise<InvokeResult>;
  /** Loads the handler into a first environment. */
  warm(): Promise<void>;
  end(): Promise<void>;
}

interface FunctionRequest {
  readonly requestId: string;
  readonly payload: string;
  readonly traceHeader?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gets what is logged while it runs. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Lambda doesn't say how long it keeps one; this frees memory after a burst and spares cold starts in between. */
const idleMs = 5 * 60_000;

/** Makes a function; its environments start as they are needed. @param label what a person calls it */
export const createFunction = (
  needs: FunctionsNeeds,
  resource: Resource<FunctionProperties>,
  label: string,
): LambdaFunction => {
  const { clock, log, randomHex, account, region } = needs;
  const { ref: name, properties } = resource;
  const { Role: role, Timeout: timeout, MemorySize: memorySize, LoggingConfig: logging } = properties;
  const arn = resource.attribute("Arn");
  const from = `lambda/${label}`;
  const logGroup = logGroupOf(resource);
  const tracing = { active: properties.TracingConfig?.Mode === "Active", sample: createSampler(needs) };
  let reserved = properties.ReservedConcurrentExecutions;
  const taskRoot = needs.assetDirectory(properties.Code.S3Bucket, properties.Code.S3Key);
  let ending = false;
  const listeners = new Map<Environment, (line: string) => void>();
  const logStreams = new WeakMap<Environment, string>();

  const { maxConcurrency: bound, quickConcurrency } = needs;
  const pool = createPool({ clock, bound, quickConcurrency, idleMs, start: () => start() });
  const start = (): Environment => {
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
    const logStream = `${day}/[$LATEST]${randomHex(32)}`;
    const environment = startEnvironment({
      clock,
      memorySize,
      setup: { handler: properties.Handler, taskRoot },
      variables: environmentVariables({
        name,
        properties,
        region,
        logGroup,
        logStream,
        taskRoot,
        credentials: needs.credentialsFor(role, name),
        endpoint: needs.endpoint(),
        xrayAddress: needs.xrayAddress(),
      }),
      writeLine: (line, byRuntime) => {
        needs.writeLog(logGroup, line, byRuntime ? "service" : "function", logStream);
        listeners.get(environment)?.(line);
      },
      ended: (error) => log(failureEntry(from, error, { when: "between invocations" })),
    });
    logStreams.set(environment, logStream);
    return environment;
  };

  return {
    name,
    arn,
    properties,
    get reserved() {
      return reserved;
    },
    reserve(concurrency) {
      reserved = concurrency;
    },
    async invoke({ requestId, payload, traceHeader, signal, onLine }) {
      if (Buffer.byteLength(payload) > maxRequestBytes) throw tooLarge(maxRequestBytes);
      if (reserved !== undefined && pool.inFlight >= reserved) throw overReserved();
      const receivedAt = clock.now();
      const trace = traceInvocation(traceHeader, tracing, receivedAt, randomHex);
      const environment = await pool.acquire(signal);
      const cold = environment.initMs === undefined;
      const initializedFrom = cold ? clock.now() : undefined;
      const write = (line: string) => {
        needs.writeLog(logGroup, line, "service", logStreams.get(environment) ?? "");
        onLine?.(line);
      };
      try {
        if (onLine) listeners.set(environment, onLine);
        const initError = cold ? await environment.ready : undefined;
        const startedAt = clock.now();
        for (const line of startLine(logging, requestId, startedAt)) write(line);
        const outcome: Outcome = initError
          ? { error: initError, durationMs: 0, memoryBytes: 0 }
          : await runCrashing(needs.faults, environment, {
              requestId,
              payload,
              functionArn: arn,
              remainingMs: timeout * 1000,
              traceHeader: trace.header,
            });
        const endedAt = clock.now();
        const { error, durationMs, memoryBytes } = outcome;
        const initMs = cold ? environment.initMs : undefined;
        const report = { requestId, durationMs, initMs, memorySize, memoryBytes, errorType: error?.errorType };
        for (const line of reportLines(logging, report, endedAt)) write(line);
        if (trace.segments) {
          const story = { name, arn, account, requestId, receivedAt, initializedFrom, startedAt, endedAt, error };
          for (const document of invocationSegments(trace.segments, story, randomHex)) needs.recordSegment?.(document);
        }
        // What an end cuts short has not failed.
        if (error && !ending) log(failureEntry(from, error, { requestId, durationMs: Math.round(durationMs) }));
        return {
          requestId,
          payload: outcome.payload ?? JSON.stringify(error),
          durationMs,
          memoryBytes,
          ...(error && { functionError: "Unhandled" as const }),
        };
      } finally {
        listeners.delete(environment);
        pool.release(environment);
      }
    },
    async warm() {
      const environment = await pool.acquire();
      const error = await environment.ready;
      if (error) log(failureEntry(from, error, { when: "loading" }));
      pool.release(environment);
    },
    end: () => {
      ending = true;
      return pool.end();
    },
  };
};
