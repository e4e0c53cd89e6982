import { decodeExecution, type ExecutionRecord } from "../../local/record/execution-record.ts";
import type { RecordEntry } from "../../local/record/record.ts";
import type { MessageSummary } from "../contract.ts";

/** How an execution that delivers a message to its whole room ended. */
export interface FanOut extends Pick<ExecutionRecord, "status"> {
  readonly messageId: string;
}

/** What CloudFormation's name of the machine has in it: its place in the template. */
const MACHINE = "fanoutroomfanout";

/** Reads an entry of kind `execution`; undefined for one of another machine, which may be long and is not parsed. */
export const fanOutIn = ({ source, body }: Pick<RecordEntry, "source" | "body">): FanOut | undefined => {
  if (!source.includes(MACHINE)) return undefined;
  const { status, input } = decodeExecution(body);
  // biome-ignore lint/suspicious/noExplicitAny: the event that started it
  return { status, messageId: String((input as any)?.detail?.id) };
};

/** An Express execution ends after five minutes, and is started within seconds: what has no receipt by then gets none. */
const LONGEST_MS = 330_000;

/**
 * Where a message stands. An execution that broke off (ABORTED) is begun again, so it decides nothing.
 * @param fanOuts what has ended of its fan-out
 * @param now Unix ms
 */
export const stateOf = (
  { id, receipt, received }: Pick<MessageSummary, "id" | "receipt" | "received">,
  fanOuts: readonly FanOut[],
  now: number,
): MessageSummary["state"] => {
  if (receipt) return "delivered";
  const failed = fanOuts.some(({ messageId, status }) => messageId === id && isFailure(status));
  return failed || now - received > LONGEST_MS ? "failed" : "running";
};

/** Whether an execution has ended so that no receipt comes of it. */
export const isFailure = (status: FanOut["status"]): boolean => status === "FAILED" || status === "TIMED_OUT";
