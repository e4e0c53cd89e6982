import type { Faults } from "../faults/faults.ts";
import type { Environment, Outcome } from "./environment.ts";
import { exited } from "./faults.ts";
import type { Invocation } from "./runtime/messages.ts";

/**
 * Runs an invocation in an environment that crashes where `function.crash-before` or `function.crash-after` strikes:
 * the caller is told what a process that ended with exit status 1 leaves behind, and the handler has not run, or has
 * done all it does. The worker lives on, since a new one takes many times the processor of an invocation: the module's
 * state is kept, which a real crash loses, and there is no cold start after it.
 */
export const runCrashing = async (
  faults: Faults,
  environment: Environment,
  invocation: Invocation,
): Promise<Outcome> => {
  const error = exited(invocation.requestId, 1);
  if (faults.strikes("function.crash-before")) return { error, durationMs: 0, memoryBytes: 0 };
  const outcome = await environment.run(invocation);
  if (outcome.error || !faults.strikes("function.crash-after")) return outcome;
  const { durationMs, memoryBytes } = outcome;
  return { error, durationMs, memoryBytes };
};
