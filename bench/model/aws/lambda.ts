import { AwsError } from "../../../local/aws/error.ts";
import { PROCESSOR, QUOTAS } from "../figures.ts";
import type { Meter } from "../meter.ts";
import type { Strikes } from "../mishaps.ts";
import { createTokenBucket } from "../token-bucket.ts";
import { lambdaGbSecondsOf } from "../usage.ts";
import type { VirtualTime } from "../virtual-time.ts";
import type { Delays } from "./delays.ts";

/** A function, as its template says. */
export interface LambdaFunction {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
}

/** Where one invocation runs. */
export interface Environment {
  /** Uses the processor for milliseconds of a whole one: what else runs here has to wait. */
  compute(ms: number): Promise<void>;
  /** Whether the invocation is over, so that nothing more happens. */
  hasEnded(): boolean;
}

/** What an invocation fails with that Lambda ends: the name of the error, as the caller sees it. */
export class InvocationError extends Error {
  override readonly name: string;

  constructor(name: string) {
    super(`${name}: the model ended this invocation`);
    this.name = name;
  }
}

interface Needs {
  readonly time: VirtualTime;
  readonly delays: Delays;
  readonly meter: Meter;
  readonly strikes: Strikes;
  /** Whether environments are there already, as many as are needed. */
  readonly isWarm: boolean;
}

/** A function's environments: the milliseconds at which the processor of each is free. */
interface Pool {
  readonly idle: { freeAt: number }[];
  readonly mayStart: () => boolean;
}

/** Lambda with the quotas of an account. */
export const createLambda = ({ time, delays, meter, strikes, isWarm }: Needs) => {
  const invocations = createTokenBucket(QUOTAS.invocations, time.elapsed);
  const pools = new Map<string, Pool>();
  let running = 0;

  const poolOf = ({ name }: LambdaFunction): Pool => {
    const known = pools.get(name) ?? { idle: [], mayStart: createTokenBucket(QUOTAS.environments, time.elapsed) };
    pools.set(name, known);
    return known;
  };

  const throttled = (reason: string) => new AwsError("TooManyRequestsException", reason, 429);

  /** An environment, and the milliseconds that starting it took. */
  const environment = async (pool: Pool) => {
    const idle = pool.idle.pop();
    if (idle || isWarm) return { processor: idle ?? { freeAt: 0 }, initMs: 0 };
    if (!pool.mayStart()) throw throttled("Rate Exceeded: new environments");
    const began = time.elapsed();
    await delays.whole("coldStart");
    return { processor: { freeAt: 0 }, initMs: time.elapsed() - began };
  };

  const execute = async <Result>(
    { memoryMb, timeoutMs }: LambdaFunction,
    processor: { freeAt: number },
    handler: (environment: Environment) => Promise<Result>,
  ): Promise<Result> => {
    const share = Math.min(1, memoryMb / PROCESSOR.mbOfOne);
    let hasEnded = false;
    const compute = (ms: number) => {
      processor.freeAt = Math.max(processor.freeAt, time.elapsed()) + ms / share;
      return time.wait(processor.freeAt - time.elapsed());
    };
    const { promise, reject } = Promise.withResolvers<never>();
    const cancel = time.after(timeoutMs, () => reject(new InvocationError("Sandbox.Timedout")));
    try {
      return await Promise.race([handler({ compute, hasEnded: () => hasEnded }), promise]);
    } finally {
      hasEnded = true;
      cancel();
    }
  };

  return {
    /**
     * Invokes a function and waits for its answer.
     * @throws AwsError TooManyRequestsException, ServiceException; InvocationError; what the handler threw
     */
    invoke: async <Result>(
      lambda: LambdaFunction,
      handler: (environment: Environment) => Promise<Result>,
    ): Promise<Result> => {
      const half = delays.halves("invoke");
      await half();
      if (strikes("functionFails"))
        throw new AwsError("ServiceException", "The service encountered an internal error.", 500);
      if (!invocations()) throw throttled("Rate Exceeded: invocations");
      if (running >= QUOTAS.concurrentInvocations) throw throttled("Rate Exceeded: concurrency");
      running += 1;
      const pool = poolOf(lambda);
      try {
        const { processor, initMs } = await environment(pool);
        const began = time.elapsed();
        try {
          const result = await execute(lambda, processor, handler);
          if (strikes("answerLost")) throw new InvocationError("Runtime.ExitError");
          return result;
        } finally {
          pool.idle.push(processor);
          meter.count("lambdaRequests", 1);
          meter.count("lambdaGbSeconds", lambdaGbSecondsOf(time.elapsed() - began + initMs, lambda.memoryMb));
        }
      } finally {
        running -= 1;
        await half();
      }
    },
  };
};

export type Lambda = ReturnType<typeof createLambda>;
