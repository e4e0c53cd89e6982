import type { Clock } from "../clock.ts";
import type { Faults } from "../faults/faults.ts";
import type { Json } from "../json.ts";
import type { Log } from "../log.ts";
import { keysOf } from "../record/keys.ts";
import type { RunRecord } from "../record/record.ts";
import type { HistoryEvent } from "./asl/history.ts";
import { interpret, type Outcome } from "./asl/interpret.ts";
import { createBreak } from "./break.ts";
import { createExecutionLog } from "./execution-log.ts";
import { createExecutionRecorder } from "./execution-recorder.ts";
import type { Machine } from "./machine.ts";
import { recordingEnd, type Tracing, traceExecution } from "./trace-execution.ts";

/** What executions run with. */
export interface ExecutionNeeds {
  readonly clock: Clock;
  /** A number from 0 to below 1. */
  random(): number;
  /** A new UUID. */
  newId(): string;
  readonly log: Log;
  readonly faults: Faults;
  /** Takes one line for a log group. */
  writeLog(logGroupArn: string, line: string): void;
  /** X-Ray; without it nothing is recorded, and a trace header goes on as it came. */
  readonly tracing?: Tracing;
  /** Records each execution that has ended; without it none is. */
  readonly record?: RunRecord["write"] | undefined;
}

/** What may be given at the start of an execution. */
export interface StartOptions {
  /** A UUID where there is none. Express machines start one name as often as they are asked to. */
  readonly name?: string | undefined;
  /** The caller's `X-Amzn-Trace-Id`: the tasks are called in that trace. */
  readonly traceHeader?: string | undefined;
  /** StartSyncExecution's are run at most once, all others at least once. */
  readonly synchronous?: boolean;
}

/** An execution that has begun. */
export interface StartedExecution {
  readonly executionArn: string;
  readonly name: string;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  /** How it ends. Never rejects; ABORTED when the runtime stopped. */
  readonly ended: Promise<Outcome>;
}

/** Starts executions, knows those that run, and says in the log how each failed. */
export const createExecutions = (needs: ExecutionNeeds) => {
  const { clock, log } = needs;
  const stopping = new AbortController();
  const running = new Set<Promise<Outcome>>();

  const run = async (
    machine: Machine,
    input: Json,
    execution: Omit<StartedExecution, "ended">,
    traceHeader?: string,
    breaking?: ReturnType<typeof createBreak>,
  ) => {
    const { executionArn, name, startedAt } = execution;
    const writeEvent = createExecutionLog(machine, executionArn, needs.writeLog);
    const trace = needs.tracing && traceExecution(traceHeader, machine, executionArn, needs.tracing);
    const { header = traceHeader, recording } = trace ?? {};
    const beginning = { executionArn, stateMachine: machine.name, startedAt, input, traceHeader: header };
    const recorder = needs.record && createExecutionRecorder(beginning);
    const listen = (event: HistoryEvent) => {
      writeEvent(event);
      recorder?.listen(event);
    };
    const ending = interpret({
      program: machine.program,
      input,
      context: {
        Execution: {
          Id: executionArn,
          Input: input,
          Name: name,
          RoleArn: machine.roleArn,
          StartTime: new Date(startedAt).toISOString(),
          RedriveCount: 0,
        },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
      caller: {
        executionArn,
        stateMachineArn: machine.arn,
        roleArn: machine.roleArn,
        session: name,
        traceHeader: header,
      },
      recording,
      clock,
      random: needs.random,
      uuid: needs.newId,
      listen: breaking ? breaking.before(listen) : listen,
      signal: breaking ? AbortSignal.any([stopping.signal, breaking.signal]) : stopping.signal,
    });
    const outcome = await recordingEnd(ending, recording);
    if (recorder) {
      const entry = { at: clock.now(), kind: "execution", source: machine.name } as const;
      needs.record?.(
        { ...entry, body: recorder.end(outcome, entry.at) },
        keysOf({ executionArn, input, header: header ?? null }),
      );
    }
    if (outcome.status === "FAILED" || outcome.status === "TIMED_OUT") {
      const { error, cause } = outcome;
      const message = `An execution ${outcome.status === "FAILED" ? `failed: ${error ?? "no error name"}` : "timed out"}`;
      log({
        level: "warn",
        from: fromOf(machine),
        message,
        details: { error, cause, stateMachine: machine.name, executionArn },
      });
    }
    return outcome;
  };

  /**
   * By the fault `execution.restart` an execution breaks off and is begun again, once. What its first run did stays, and
   * the tasks that it was waiting for end by themselves, as they do on AWS.
   * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
   */
  const runAtLeastOnce: typeof run = async (machine, input, execution, traceHeader) => {
    if (needs.faults.strikes("execution.restart")) {
      await run(machine, input, execution, traceHeader, createBreak(needs.faults.chance("execution.restart")));
      const message = "An execution broke off, and starts again from the beginning.";
      const details = { stateMachine: machine.name, executionArn: execution.executionArn };
      if (!stopping.signal.aborted) log({ level: "info", from: fromOf(machine), message, details });
    }
    return run(machine, input, execution, traceHeader);
  };

  /** An error that is none of the States Language ends the execution as AWS's own faults do, and is shown whole. */
  const unexpected = (machine: Machine, executionArn: string, error: unknown): Outcome => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    log({
      level: "error",
      from: fromOf(machine),
      message: `An execution ended by an error of the runtime: ${message}`,
      details: { executionArn, stateMachine: machine.name, stack },
    });
    return { status: "FAILED", error: "States.Runtime", cause: message };
  };

  return {
    start(machine: Machine, input: Json, options: StartOptions): StartedExecution {
      const { name = needs.newId(), traceHeader, synchronous } = options;
      const executionArn = `${machine.arn.replace(":stateMachine:", ":express:")}:${name}:${needs.newId()}`;
      const execution = { executionArn, name, startedAt: clock.now() };
      const ended = (synchronous ? run : runAtLeastOnce)(machine, input, execution, traceHeader).catch((error) =>
        unexpected(machine, executionArn, error),
      );
      running.add(ended);
      ended.then(() => running.delete(ended));
      return { ...execution, ended };
    },
    /** Aborts what runs, and waits until it has ended. */
    async stop() {
      stopping.abort(new Error("The runtime stops"));
      await Promise.all(running);
    },
  };
};

const fromOf = ({ name }: Machine) => `states/${name}`;
