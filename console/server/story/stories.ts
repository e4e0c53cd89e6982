import type { ConsoleNeeds } from "../../../local/console/needs.ts";
import { decodeExecution, type ExecutionRecord } from "../../../local/record/execution-record.ts";
import type { RecordEntry } from "../../../local/record/record.ts";
import type { DeadLetter, MachineRun, MessageStory, MessageSummary } from "../../contract.ts";
import { Refusal } from "../answer.ts";
import { fanOutIn, stateOf } from "../fan-out.ts";
import { newsIn, summariesOf } from "../message-news.ts";
import type { ConsoleStack } from "../stack.ts";
import { logLines } from "./log-lines.ts";
import { machineRun } from "./machine-run.ts";
import { type MachineState, machineStates } from "./machine-states.ts";
import { postsOf } from "./posts.ts";
import { recipientsOf } from "./recipients.ts";
import { type SegmentDocument, traceOf } from "./trace.ts";

interface Needs extends Pick<ConsoleNeeds, "record" | "clock" | "stackName"> {
  readonly stack: Pick<ConsoleStack, "definitionOf" | "deadLetters">;
}

/** Tells the stories of messages, each from what is filed under its id. */
export const createStories = ({ record, clock, stackName, stack }: Needs) => {
  const definitions = new Map<string, Promise<MachineState[]>>();
  const statesOf = (machine: string): Promise<MachineState[]> => {
    const known = definitions.get(machine) ?? stack.definitionOf(machine).then(machineStates);
    known.catch(() => definitions.delete(machine));
    definitions.set(machine, known);
    return known;
  };

  const machinesOf = (executions: readonly ExecutionRecord[]): Promise<MachineRun[]> =>
    Promise.all(
      [...Map.groupBy(executions, ({ stateMachine }) => stateMachine)].map(async ([machine, ran]) =>
        machineRun(machine, ran, await statesOf(machine)),
      ),
    );

  /** A letter is only looked for where there may be one: to read a queue hides its letters for a moment. */
  const lettersOf = async ({ id, state, receipt }: MessageSummary): Promise<DeadLetter[]> => {
    if (state === "delivered" && receipt?.failed === 0) return [];
    return (await stack.deadLetters.list()).filter(({ messageId }) => messageId === id);
  };

  return {
    /** @throws Refusal for a message that is not in the record */
    async of(id: string): Promise<MessageStory> {
      const entries = await record.find([id]);
      const ofKind = (kind: RecordEntry["kind"]) => entries.filter((entry) => entry.kind === kind);
      const [posted] = summariesOf(ofKind("event")).filter((summary) => summary.id === id);
      if (!posted)
        throw new Refusal(404, `The message ${id} is not in the record: there is none, or it was too long ago.`);
      const executions = ofKind("execution").map(({ body }) => decodeExecution(body));
      const fanOuts = ofKind("execution").map((entry) => fanOutIn(entry, stackName));
      const ended = fanOuts.filter((one) => one !== undefined);
      const summary = { ...posted, state: stateOf(posted, ended, clock.now()) };
      const segments = await record.find(tracesIn(entries, id), ["segment"]);
      const trace = traceOf(segments.map(({ body }): SegmentDocument => JSON.parse(body)));
      return {
        summary,
        recipients: recipientsOf(executions.flatMap(postsOf), summary.state !== "running"),
        machines: await machinesOf(executions),
        ...(trace && { trace }),
        lines: logLines(ofKind("log"), stackName),
        deadLetters: await lettersOf(summary),
      };
    },
  };
};

/** The traces that a message was posted and worked on in: usually one, named in its event. */
const tracesIn = (entries: readonly RecordEntry[], id: string): string[] => {
  const named = entries.flatMap((entry) => {
    if (entry.kind === "segment") return [String(JSON.parse(entry.body).trace_id)];
    const news = entry.kind === "event" ? newsIn(entry) : undefined;
    const [, root] = /Root=([\w-]+)/.exec(news?.kind === "posted" && news.summary.id === id ? news.trace : "") ?? [];
    return root === undefined ? [] : [root];
  });
  return [...new Set(named)];
};
