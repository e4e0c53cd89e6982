import type { Recipient } from "../../contract.ts";

/** One try to post to one connection, as an execution has it. */
export interface Post {
  readonly connectionId: string;
  /** When it ended: Unix time in milliseconds. */
  readonly at: number;
  /** `delivered` or `gone`; not there where the post failed, or never ended. */
  readonly outcome?: "delivered" | "gone" | undefined;
  /** The name of its error. */
  readonly error?: string | undefined;
}

/**
 * Who got the message: a row for each connection, in the order in which their last posts ended. A range of the room
 * that was served twice posts twice to those whom the first round reached; a connection that was reached stays so.
 * @param settled whether nothing more will be tried: what has failed then has failed for good
 */
export const recipientsOf = (posts: readonly Post[], settled: boolean): Recipient[] =>
  [...Map.groupBy(posts, ({ connectionId }) => connectionId)]
    .map(([connectionId, tried]) => recipientOf(connectionId, tried, settled))
    .sort((one, other) => one.at - other.at);

const recipientOf = (connectionId: string, tried: readonly Post[], settled: boolean): Recipient => {
  const byTime = tried.toSorted((one, other) => one.at - other.at);
  const reached = byTime.find(({ outcome }) => outcome === "delivered") ?? byTime.find(({ outcome }) => outcome);
  const error = byTime.findLast((post) => post.error !== undefined)?.error;
  return {
    connectionId,
    outcome: reached?.outcome ?? (settled ? "failed" : "waiting"),
    at: (reached ?? byTime.at(-1))?.at ?? 0,
    tries: tried.length,
    ...(error !== undefined && { error }),
  };
};
