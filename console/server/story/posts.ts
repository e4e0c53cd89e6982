import type { Json } from "../../../local/json.ts";
import type { ExecutionRecord, StateEntry } from "../../../local/record/execution-record.ts";
import type { Post } from "./recipients.ts";

/** The state that posts to one connection: `statemachines/posting.json`. */
const POST = "Post";

/** The posts of an execution, each try one. Lambda's own failures are tries too: the post may or may not have happened. */
export const postsOf = ({ entries, endedAt }: Pick<ExecutionRecord, "entries" | "endedAt">): Post[] =>
  entries.filter(({ state }) => state === POST).flatMap((entry) => triesOf(entry, endedAt));

const triesOf = ({ input, output, outcome, failures, ...entry }: StateEntry, executionEndedAt: number): Post[] => {
  const connectionId = textIn(input, "connectionId");
  if (connectionId === undefined) return [];
  const failed = failures.map(({ at, error }) => ({ connectionId, at, error }));
  const at = entry.endedAt ?? executionEndedAt;
  if (outcome === "succeeded")
    return [...failed, { connectionId, at, outcome: output === "gone" ? "gone" : "delivered" }];
  return outcome === "broken off" ? [...failed, { connectionId, at }] : failed;
};

const textIn = (json: Json, name: string): string | undefined => {
  const value = typeof json === "object" && json !== null && !Array.isArray(json) ? json[name] : undefined;
  return typeof value === "string" ? value : undefined;
};
