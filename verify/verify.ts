import { badInput } from "./bad-input.ts";
import { failedPosts } from "./failed-posts.ts";
import { latency } from "./latency.ts";
import { logCost } from "./log-cost.ts";
import { createPeople } from "./person.ts";
import { type Answered, answerOf, notMeasurable, type Probe } from "./probe.ts";
import { type Account, openStack } from "./stack.ts";
import { talking } from "./talking.ts";
import { traces } from "./traces.ts";

export interface Verification {
  /** Where clients connect: `wss://{api}/{stage}`. */
  readonly endpoint: string;
  /** For example `Roomcast-dev`. */
  readonly stackName: string;
  /** Where to look into the stack; without it, what needs that is not measured. */
  readonly account?: Account | undefined;
  /** How long each answer is waited for: a first message starts every function on its way. */
  readonly patienceMs?: number;
  /** Hears each answer as it comes. */
  tell(answered: Answered): void;
}

const PATIENCE_MS = 15_000;

/**
 * Asks every probe, one after the other: from outside what clients rely on, then, with an account, what becomes of
 * failed posts and what the design takes AWS to do.
 * @returns all answers; nothing is thrown for a system that does not work
 */
export const verify = async (what: Verification): Promise<Answered[]> => {
  const { endpoint, stackName, account, patienceMs = PATIENCE_MS, tell } = what;
  const people = createPeople(endpoint, patienceMs);
  const stack = openStack(stackName, account ?? {});
  const { connect } = people;
  const fromInside = [...failedPosts({ connect, stack, patienceMs }), ...traces({ connect, stack }), logCost(stack)];
  const probes = [
    ...talking(connect),
    ...badInput(connect),
    latency(connect),
    ...(account ? fromInside : fromInside.map(unasked)),
  ];
  try {
    const answered: Answered[] = [];
    for (const probe of probes) {
      const answer = await answerOf(probe);
      tell(answer);
      answered.push(answer);
    }
    return answered;
  } finally {
    people.end();
    stack.end();
  }
};

const unasked = (probe: Probe): Probe => ({
  ...probe,
  ask: async () => notMeasurable("It needs a look into the stack: --aws, or --data for a local runtime."),
});
