import { sleep } from "../../local/clock.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

/** A call of an AWS service out of a function: takes time, and has its effect at one moment of it, or at none. */
export type Call = <T>(verb: string, effect: () => T) => Promise<T>;

export interface Invocation {
  /** For whom, and which function: `ann publish`. */
  readonly name: string;
  readonly timeoutMs: number;
}

export class NamedError extends Error {
  constructor(name: string, message = name) {
    super(message);
    this.name = name;
  }
}

const neverAnswered = () => new Promise<never>(() => {});

/** Runs handlers as Lambda does: they may crash at each of their calls, and when their time is over they stand still. */
export const createInvocations = (time: VirtualTime, weather: Weather) => ({
  /** @throws NamedError `Runtime.ExitError`, `Sandbox.Timedout`, and whatever the handler throws */
  invoke: <T>({ name, timeoutMs }: Invocation, run: (call: Call) => Promise<T>): Promise<T> => {
    const outcome = Promise.withResolvers<T>();
    let ended = false;
    const end = (tell: () => void) => {
      if (ended) return;
      ended = true;
      cancel();
      tell();
    };
    const fail = (error: string) => end(() => outcome.reject(new NamedError(error)));
    const cancel = time.after(timeoutMs, () => fail("Sandbox.Timedout"));

    const call: Call = async (verb, effect) => {
      const where = `${name}.${verb}`;
      /** Half of the way, there or back. */
      const way = () =>
        sleep(
          time,
          weather.strikes("slow", where) ? weather.between(200, 4_000, where) : weather.between(1, 10, where),
        );
      if (weather.strikes("crashBefore", where)) fail("Runtime.ExitError");
      if (ended) return neverAnswered();
      await way();
      if (weather.strikes("throttled", where)) throw new NamedError("ThrottlingException");
      let result = attempt(effect);
      if (weather.strikes("repeated", where)) {
        await way();
        result = attempt(effect);
      }
      await way();
      if (weather.strikes("crashAfter", where)) fail("Runtime.ExitError");
      if (ended) return neverAnswered();
      if (weather.strikes("unanswered", where)) throw new NamedError("TimeoutError");
      return result();
    };

    // A call that nobody waits for any more may still fail: that is nobody's business.
    const quietly: Call = (verb, effect) => {
      const answer = call(verb, effect);
      answer.catch(() => {});
      return answer;
    };
    run(quietly).then(
      (value) => end(() => outcome.resolve(value)),
      (error) => end(() => outcome.reject(error)),
    );
    return outcome.promise;
  },
});

const attempt = <T>(effect: () => T): (() => T) => {
  try {
    const value = effect();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
};
