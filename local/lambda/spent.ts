import type { InvokeResult } from "./invoke.ts";

/** What an invocation took. */
export interface Spent {
  readonly durationMs: number;
  readonly memoryMb: number;
}

type Measured = Pick<InvokeResult, "durationMs" | "memoryBytes">;

export const spentOf = ({ durationMs, memoryBytes }: Measured): Spent => ({
  durationMs,
  memoryMb: Math.ceil(memoryBytes / 1_048_576),
});

const DURATION = "x-local-duration-ms";
const MEMORY = "x-local-memory-mb";

/**
 * The same as headers of an answer. They are of this runtime only: of AWS a caller hears it by the log's report alone,
 * which a function may have switched off.
 */
export const spentHeaders = (measured: Measured): Record<string, string> => {
  const { durationMs, memoryMb } = spentOf(measured);
  return { [DURATION]: String(durationMs), [MEMORY]: String(memoryMb) };
};

/** @throws Error where an answer has no such headers: it is of another Lambda */
export const readSpent = (headers: Readonly<Record<string, string>>): Spent => {
  const [durationMs, memoryMb] = [Number(headers[DURATION]), Number(headers[MEMORY])];
  if (Number.isNaN(durationMs) || Number.isNaN(memoryMb))
    throw new Error("The answer does not say what the invocation took: this is not the local runtime's Lambda.");
  return { durationMs, memoryMb };
};
