import type { ConsoleNeeds } from "../../../local/console/needs.ts";
import { decodeExecution, type ExecutionRecord } from "../../../local/record/execution-record.ts";
import type { RecordEntry } from "../../../local/record/record.ts";
import type { DeadLetter, MachineRun, MessageStory, MessageSummary } from "../../contract.ts";
import { Refusal } from "../answer.ts";
import { fanOutIn, stateOf } from "../fan-out.ts";
import { newsIn, summariesOf } from "../message-news.ts";
import type { ConsoleStack, DescribedMachine } from "../stack.ts";
import { logLines } from "./log-lines.ts";
import { machineRun } from "./machine-run.ts";
import { type MachineState, machineStates } from "./machine-states.ts";
import { postsOf } from "./posts.ts";
import { recipientsOf } from "./recipients.ts";
import { type SegmentDocument, traceOf } from "./trace.ts";

interface Needs extends Pick<ConsoleNeeds, "record" | "clock" | "stackName"> {
  readonly stack: Pick<ConsoleStack, "machineCalled" | "deadLetters">;
}

/** Tells the stories of messages, each from what is filed under its id. */
export const createStories = ({ record, clock, stackName, stack }: Needs) => {
  const machines = new Map<string, Promise<KnownMachine>>();
  const machineCalled = (name: string): Promise<KnownMachine> => {
    const known = machines.get(name) ?? stack.machineCalled(name).then((found) => knownMachine(name, found));
    known.catch(() => machines.delete(name));
    machines.set(name, known);
    return known;
  };

  const runsOf = (executions: readonly ExecutionRecord[]): Promise<MachineRun[]> =>
    Promise.all(
      [...Map.groupBy(executions, ({ stateMachine }) => stateMachine)].map(async ([name, ran]) => {
        const { title, states } = await machineCalled(name);
        return machineRun(title, ran, states);
      }),
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
      const fanOuts = ofKind("execution")
        .map(fanOutIn)
        .filter((one) => one !== undefined);
      const summary = { ...posted, state: stateOf(posted, fanOuts, clock.now()) };
      const segments = await record.find(tracesIn(entries, id), ["segment"]);
      const trace = traceOf(segments.map(({ body }): SegmentDocument => JSON.parse(body)));
      return {
        summary,
        recipients: recipientsOf(executions.flatMap(postsOf), summary.state !== "running"),
        machines: await runsOf(executions),
        ...(trace && { trace }),
        lines: logLines(ofKind("log"), stackName),
        deadLetters: await lettersOf(summary),
      };
    },
  };
};

interface KnownMachine {
  readonly title: string;
  readonly states: readonly MachineState[];
}

/** A machine that ran and is there no more, as the stack has changed since, has no states that are known. */
const knownMachine = (name: string, found: DescribedMachine | undefined): KnownMachine =>
  found ? { title: found.title, states: machineStates(found.definition) } : { title: name, states: [] };

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
