import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LogEntry } from "../../local/log.ts";
import { startRuntime } from "../../local/runtime.ts";
import { synthesize } from "../../local/synthesize.ts";
import { inDirectory } from "../on-runtime.ts";
import { startCrowd } from "./crowd-process.ts";
import { DATA, PATIENCE_MS } from "./settings.ts";

/** The largest that any state of the executions held: an input, an output, a task's parameters or a variable. */
export interface LargestState {
  readonly members: number;
  readonly missing: number;
  readonly bytes: number;
  /** The state's name, and what of it. */
  readonly where: string;
}

const ROOM = "one room";

/**
 * One message to a room, on a runtime whose state machines log every state with its data: this is slow, so that nothing
 * is timed here.
 */
export const largestState = (members: number): Promise<LargestState> =>
  inDirectory(async (data) => {
    let largest = { bytes: 0, where: "nowhere" };
    const log = ({ details }: LogEntry) => {
      for (const held of heldIn(details)) if (held.bytes > largest.bytes) largest = held;
    };
    const runtime = await startRuntime({ port: 0, data, fresh: true, synthesize: synthesizeLogging, log });
    try {
      const [endpoint = ""] = runtime.webSocketEndpoints;
      const crowd = await startCrowd(
        endpoint,
        Array.from({ length: members + 1 }, () => [ROOM]),
      );
      const { rooms } = await crowd.publish({ rooms: [ROOM], data: DATA, patienceMs: PATIENCE_MS });
      await crowd.stop();
      const arrived = rooms[0]?.arrived ?? 0;
      return { members, missing: members - arrived, ...largest };
    } finally {
      await runtime.stop();
    }
  });

/** Writes the assembly, with every state machine logging all that its states hold. */
const synthesizeLogging = async (outdir: string): Promise<void> => {
  await synthesize(outdir);
  for (const file of await readdir(outdir)) {
    if (!file.endsWith(".template.json")) continue;
    const template = JSON.parse(await readFile(join(outdir, file), "utf8"));
    for (const { Type, Properties } of Object.values<{ Type: string; Properties: Machine }>(template.Resources))
      if (Type === "AWS::StepFunctions::StateMachine")
        Object.assign(Properties.LoggingConfiguration, { Level: "ALL", IncludeExecutionData: true });
    await writeFile(join(outdir, file), JSON.stringify(template));
  }
};

interface Machine {
  readonly LoggingConfiguration: object;
}

/** The event's details that are held by a state; a variable is one of `assignedVariables`. */
const HELD = ["input", "output", "parameters"] as const;

/** What an event of an execution's history shows of data, each part with its size. */
const heldIn = (entry: LogEntry["details"]): { bytes: number; where: string }[] => {
  if (entry?.execution_arn === undefined) return [];
  const { name, assignedVariables = {}, ...details } = entry.details as Record<string, unknown>;
  const parts = [...HELD.map((part) => [part, details[part]] as const), ...Object.entries(assignedVariables as object)];
  return parts.flatMap(([part, text]) =>
    typeof text === "string" ? [{ bytes: Buffer.byteLength(text), where: `${name ?? "a task"}: ${part}` }] : [],
  );
};
