import { Worker } from "node:worker_threads";
import type { Clock } from "../clock.ts";
import { exited, maxResponseBytes, outOfMemory, responseTooLarge, timedOut } from "./faults.ts";
import { createGate, openGate } from "./runtime/gate.ts";
import type { ErrorPayload, Invocation, Message, Setup } from "./runtime/messages.ts";

/** How an invocation ended. */
export interface Outcome {
  /** What the handler returned, as JSON text; without it there is an error. */
  readonly payload?: string;
  readonly error?: ErrorPayload;
  readonly durationMs: number;
  /** The size of the heap, and of the buffers beside it, when the invocation ended; 0 if its worker is gone. */
  readonly memoryBytes: number;
}

/** An execution environment: one worker thread, one invocation at a time. */
export interface Environment {
  /** Milliseconds that loading took; undefined until then. */
  readonly initMs: number | undefined;
  /** Whether it can take an invocation. */
  readonly alive: boolean;
  /** Resolves when the handler is loaded, or with what stopped that. */
  readonly ready: Promise<ErrorPayload | undefined>;
  /** Runs one invocation. A failure of the handler is an outcome; after some of them the environment is not alive. */
  run(invocation: Invocation): Promise<Outcome>;
  end(): Promise<void>;
}

interface Needs {
  readonly setup: Omit<Setup, "gate">;
  readonly variables: Readonly<Record<string, string>>;
  /** MiB that the function may take. */
  readonly memorySize: number;
  readonly clock: Clock;
  writeLine(line: string, byRuntime: boolean): void;
  /** Told of an end that came between invocations. */
  ended(error: ErrorPayload): void;
}

/** Lambda gives loading ten seconds, https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const initLimitMs = 10_000;

/** Starts an environment; it begins to load its handler at once. */
export const startEnvironment = (needs: Needs): Environment => {
  const { clock, setup, memorySize } = needs;
  const startedAt = clock.now();
  let initMs: number | undefined;
  let alive = true;
  let fatal: ErrorPayload | undefined;
  const gate = createGate();
  let running: { readonly invocation: Invocation; readonly since: number; finish(outcome: Outcome): void } | undefined;

  const worker = new Worker(new URL("./runtime/bootstrap.ts", import.meta.url), {
    workerData: { ...setup, gate } satisfies Setup,
    env: { ...needs.variables },
    argv: [],
    execArgv: [],
    // Whatever Node itself may write is not for the terminal of the runtime.
    stdout: true,
    stderr: true,
    // Node's own share of Lambda's memory: the rest is for code, stacks and buffers.
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(memorySize * 0.9) },
  });
  worker.stdout.resume();
  worker.stderr.resume();

  const { promise: ready, resolve: settleReady } = Promise.withResolvers<ErrorPayload | undefined>();
  const finish = (outcome: Outcome) => {
    const { finish: settle } = running ?? {};
    running = undefined;
    settle?.(outcome);
  };
  /** After this the thread is gone, or soon will be. */
  const die = (error: ErrorPayload) => {
    alive = false;
    settleReady(error);
    if (running) finish({ error, durationMs: clock.now() - running.since, memoryBytes: 0 });
    else if (initMs !== undefined) needs.ended(error);
  };
  const stopInit = clock.after(initLimitMs, () => {
    die({
      errorType: "Sandbox.Timedout",
      errorMessage: `Error: Loading timed out after ${initLimitMs / 1000} seconds`,
    });
    void worker.terminate();
  });

  worker.on("message", (message: Message) => {
    if (!alive) return;
    if (message.kind === "line") return needs.writeLine(message.line, message.byRuntime === true);
    if (message.kind === "ready") {
      stopInit();
      initMs = clock.now() - startedAt;
      return settleReady(undefined);
    }
    if (message.kind === "fatal") {
      fatal = message.error;
      return;
    }
    const { durationMs, memoryBytes } = message;
    if (message.kind === "error") return finish({ error: message.error, durationMs, memoryBytes });
    if (Buffer.byteLength(message.payload) > maxResponseBytes) {
      return finish({ error: responseTooLarge(), durationMs, memoryBytes });
    }
    finish({ payload: message.payload, durationMs, memoryBytes });
  });
  worker.on("error", (error: Error & { code?: string }) => {
    const requestId = running?.invocation.requestId ?? "";
    fatal = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfMemory(requestId) : exited(requestId, 1);
  });
  worker.on("exit", (exitCode) => {
    stopInit();
    if (alive) die(fatal ?? exited(running?.invocation.requestId ?? "", exitCode));
  });

  return {
    get initMs() {
      return initMs;
    },
    get alive() {
      return alive;
    },
    ready,
    run: (invocation) =>
      new Promise((resolve) => {
        const stopTimeout = clock.after(invocation.remainingMs, () => {
          die(timedOut(invocation.requestId, invocation.remainingMs / 1000));
          void worker.terminate();
        });
        running = {
          invocation,
          since: clock.now(),
          finish: (outcome) => {
            stopTimeout();
            resolve(outcome);
          },
        };
        worker.postMessage(invocation);
        openGate(gate);
      }),
    end: async () => {
      alive = false;
      stopInit();
      settleReady({ errorType: "Runtime.ExitError", errorMessage: "The runtime is stopping." });
      if (running) finish({ error: exited(running.invocation.requestId, 1), durationMs: 0, memoryBytes: 0 });
      await worker.terminate();
    },
  };
};
