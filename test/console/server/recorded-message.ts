import { type ExecutionHead, encodeEntry, encodeExecution } from "../../../local/record/execution-record.ts";
import type { RunRecord } from "../../../local/record/record.ts";

export const TEXT = "for the members' eyes only";

/** A message that was recorded, in a room that was served by so many child executions. */
export interface RecordedMessage {
  readonly id: string;
  readonly received: number;
  readonly recipients: number;
  readonly segments: number;
  /** The machines' names, as CloudFormation made them. */
  readonly machines: { readonly fanOut: string; readonly segment: string };
}

/** Files a message as a run leaves it: its two events, its fan-out, and a child execution for each segment. */
export const recordMessage = (record: RunRecord, message: RecordedMessage): void => {
  const { id, received, recipients, segments, machines } = message;
  const detail = { id, room: "stadium", seq: 7, from: { id: "ann", name: "Ann" } };
  const event = (type: string, at: number, more: object) => {
    const body = { source: "roomcast", "detail-type": type, detail: { ...detail, ...more } };
    record.write({ at, kind: "event", source: "Roomcast-dev-bus", body: JSON.stringify(body) }, [id]);
  };
  event("MessagePosted", received, { received, data: TEXT, trace: "Root=1-0-0" });
  const outcomes = { recipients, delivered: recipients, gone: 0, failed: 0, throttled: 0 };
  event("MessageDelivered", received + 900, { ...outcomes, durationMs: 900 });

  const share = Math.ceil(recipients / segments);
  for (let segment = 0; segment < segments; segment += 1)
    recordSegment(record, message, segment * share, Math.min(recipients, (segment + 1) * share));
  const fanOut = head(machines.fanOut, received, { detail: { ...detail, data: TEXT } }, [
    { name: "Begin", type: "Pass", entered: 1, failed: 0, totalMs: 0, longestMs: 0 },
    { name: "Deliver to a segment", type: "Task", entered: segments, failed: 0, totalMs: 9_000, longestMs: 880 },
  ]);
  record.write(
    { at: fanOut.endedAt, kind: "execution", source: fanOut.stateMachine, body: encodeExecution(fanOut, []) },
    [id],
  );
};

/** One child execution: pages of 50, each a Map over its connections. */
const recordSegment = (record: RunRecord, { id, received, machines }: RecordedMessage, from: number, to: number) => {
  const posts = to - from;
  const child = head(machines.segment, received + 20, { message: { id, data: TEXT } }, [
    { name: "Post to each", type: "Map", entered: Math.ceil(posts / 50), failed: 0, totalMs: 800, longestMs: 90 },
    { name: "Post", type: "Task", entered: posts, failed: 0, totalMs: 9 * posts, longestMs: 31 },
  ]);
  const entries: string[] = [];
  for (let first = from; first < to; first += 50) {
    const parent = entries.length;
    const map = { parent: undefined, index: undefined, enteredAt: child.startedAt, endedAt: child.endedAt };
    entries.push(encodeEntry(0, child.startedAt, { ...map, outcome: "succeeded", failures: [] }, "[]", "{}"));
    for (let index = 0; index < Math.min(50, to - first); index += 1) {
      const at = { enteredAt: child.startedAt + index, endedAt: child.startedAt + index + 9 };
      const input = { connectionId: `${String(first + index).padStart(11, "0")}=`, connectedAt: received };
      const post = { parent, index, ...at, outcome: "succeeded", failures: [] } as const;
      entries.push(encodeEntry(1, child.startedAt, post, JSON.stringify(input), '"delivered"'));
    }
  }
  record.write(
    { at: child.endedAt, kind: "execution", source: child.stateMachine, body: encodeExecution(child, entries) },
    [id],
  );
};

const head = (
  stateMachine: string,
  startedAt: number,
  input: ExecutionHead["input"],
  states: ExecutionHead["states"],
): ExecutionHead => ({
  executionArn: `arn:aws:states:us-east-1:000000000000:express:${stateMachine}:one:${startedAt}`,
  stateMachine,
  status: "SUCCEEDED",
  startedAt,
  endedAt: startedAt + 850,
  input,
  states,
  entriesLeftOut: 0,
});
