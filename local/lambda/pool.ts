import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Environment } from "./environment.ts";

/** The execution environments of one function. */
export interface Pool {
  /** Invocations that run or wait. */
  readonly inFlight: number;
  /** An idle environment, the one used last first, or a new one; waits in order for as long as it has to. */
  acquire(signal?: AbortSignal): Promise<Environment>;
  /** Gives one back; a dead one leaves the pool. */
  release(environment: Environment): void;
  /** Ends all of them; who still waits is refused. */
  end(): Promise<void>;
}

interface Needs {
  readonly clock: Clock;
  /** The most environments. */
  readonly bound: number;
  /** How many invocations run at once as long as each is quick. */
  readonly quickConcurrency: number;
  /** Milliseconds without an invocation after which an environment is retired. */
  readonly idleMs: number;
  start(): Environment;
}

/** An invocation that has run for longer waits for something else than a processor. */
const quickMs = 100;

interface Waiting {
  take(environment: Environment): void;
  refuse(reason: unknown): void;
}

/**
 * Makes an empty pool. Its bounds stand for the machine, not for AWS: a worker costs tens of megabytes and compiles its
 * code by itself, and while they compute, more of them than the processors can feed serve nobody sooner. So further
 * ones are used only where those that run do not get done, up to `bound`. Who waits begins, for its timeout too, when it gets
 * an environment.
 */
export const createPool = ({ clock, bound, quickConcurrency, idleMs, start }: Needs): Pool => {
  /** Since when each runs: Unix time in milliseconds; of one that still loads, always now. */
  const running = new Map<Environment, number>();
  const idle: { readonly environment: Environment; readonly since: number }[] = [];
  const waiting = new Set<Waiting>();
  let stopSweep: (() => void) | undefined;
  let stopLook: (() => void) | undefined;

  const startOne = () => {
    const environment = start();
    running.set(environment, Number.POSITIVE_INFINITY);
    environment.ready.then(() => {
      if (running.has(environment)) running.set(environment, clock.now());
    });
    return environment;
  };
  const takeIdle = () => {
    for (let last = idle.pop(); last; last = idle.pop()) {
      if (last.environment.alive) {
        running.set(last.environment, clock.now());
        return last.environment;
      }
      void last.environment.end();
    }
    return undefined;
  };
  const isBusy = () => {
    const quickSince = clock.now() - quickMs;
    let quick = 0;
    for (const since of running.values()) if (since > quickSince) quick++;
    return quick >= quickConcurrency;
  };
  const next = () => (isBusy() ? undefined : (takeIdle() ?? (running.size < bound ? startOne() : undefined)));
  /** Hands out what is to be had; looks again when what runs now has had its time. */
  const serve = () => {
    for (const one of waiting) {
      const environment = next();
      if (!environment) break;
      waiting.delete(one);
      one.take(environment);
    }
    if (waiting.size > 0) stopLook ??= clock.after(quickMs, look);
  };
  const look = () => {
    stopLook = undefined;
    serve();
  };
  /** Retires from the front, where the longest idle ones are. */
  const sweep = () => {
    stopSweep = undefined;
    while (idle[0] && idle[0].since + idleMs <= clock.now()) void idle.shift()?.environment.end();
    if (idle[0]) stopSweep = clock.after(idle[0].since + idleMs - clock.now(), sweep);
  };

  return {
    get inFlight() {
      return running.size + waiting.size;
    },
    acquire(signal) {
      signal?.throwIfAborted();
      const free = waiting.size === 0 ? next() : undefined;
      if (free) return Promise.resolve(free);
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(one);
          reject(signal?.reason);
        };
        const one: Waiting = {
          take(environment) {
            signal?.removeEventListener("abort", leave);
            resolve(environment);
          },
          refuse: reject,
        };
        waiting.add(one);
        signal?.addEventListener("abort", leave, { once: true });
        stopLook ??= clock.after(quickMs, look);
      });
    },
    release(environment) {
      if (!running.delete(environment)) return;
      if (environment.alive) {
        idle.push({ environment, since: clock.now() });
        stopSweep ??= clock.after(idleMs, sweep);
      } else void environment.end();
      serve();
    },
    async end() {
      stopSweep?.();
      stopLook?.();
      for (const { refuse } of waiting) refuse(new AwsError("ServiceException", "The runtime is stopping.", 500));
      waiting.clear();
      const all = [...running.keys(), ...idle.map(({ environment }) => environment)];
      running.clear();
      idle.length = 0;
      await Promise.all(all.map((environment) => environment.end()));
    },
  };
};
