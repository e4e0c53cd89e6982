import { AwsError } from "../aws/error.ts";
import type { Clock } from "../clock.ts";
import type { Environment } from "./environment.ts";

/** The execution environments of one function. */
export interface Pool {
  /** Invocations that run or wait. */
  readonly inFlight: number;
  /** An idle environment, the one used last first, or a new one; waits in order where there are as many as may be. */
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
  /** Milliseconds without an invocation after which an environment is retired. */
  readonly idleMs: number;
  start(): Environment;
}

/**
 * Makes an empty pool. Its bound stands for the machine, not for AWS: a worker costs tens of megabytes, and on few
 * processors more of them serve nobody sooner. So an invocation above it waits, and only begins, for its timeout
 * too, when it gets an environment.
 */
export const createPool = ({ clock, bound, idleMs, start }: Needs): Pool => {
  const all = new Set<Environment>();
  const idle: { readonly environment: Environment; readonly since: number }[] = [];
  const waiting = new Set<{ take(environment: Environment): void; refuse(reason: unknown): void }>();
  let stopSweep: (() => void) | undefined;

  const drop = (environment: Environment) => {
    all.delete(environment);
    return environment.end();
  };
  const startOne = () => {
    const environment = start();
    all.add(environment);
    return environment;
  };
  const takeIdle = () => {
    for (let last = idle.pop(); last; last = idle.pop()) {
      if (last.environment.alive) return last.environment;
      void drop(last.environment);
    }
    return undefined;
  };
  /** Retires from the front, where the longest idle ones are. */
  const sweep = () => {
    stopSweep = undefined;
    while (idle[0] && idle[0].since + idleMs <= clock.now()) {
      const first = idle.shift();
      if (first) void drop(first.environment);
    }
    if (idle[0]) stopSweep = clock.after(idle[0].since + idleMs - clock.now(), sweep);
  };

  return {
    get inFlight() {
      return all.size - idle.length + waiting.size;
    },
    acquire(signal) {
      signal?.throwIfAborted();
      const free = takeIdle() ?? (all.size < bound ? startOne() : undefined);
      if (free) return Promise.resolve(free);
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(one);
          reject(signal?.reason);
        };
        const one = {
          take(environment: Environment) {
            signal?.removeEventListener("abort", leave);
            resolve(environment);
          },
          refuse: reject,
        };
        waiting.add(one);
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
    release(environment) {
      if (!all.has(environment)) return;
      if (!environment.alive) void drop(environment);
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next.take(environment.alive ? environment : startOne());
      } else if (environment.alive) {
        idle.push({ environment, since: clock.now() });
        stopSweep ??= clock.after(idleMs, sweep);
      }
    },
    async end() {
      stopSweep?.();
      for (const { refuse } of waiting) refuse(new AwsError("ServiceException", "The runtime is stopping.", 500));
      waiting.clear();
      await Promise.all([...all].map(drop));
    },
  };
};
