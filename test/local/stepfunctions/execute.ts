import type { CallService } from "../../../local/aws/service.ts";
import type { Clock } from "../../../local/clock.ts";
import type { Json } from "../../../local/json.ts";
import type { InvokeFunction } from "../../../local/lambda/invoke.ts";
import { compile } from "../../../local/stepfunctions/asl/compile.ts";
import type { HistoryEvent } from "../../../local/stepfunctions/asl/history.ts";
import { interpret, type Outcome } from "../../../local/stepfunctions/asl/interpret.ts";
import { createIntegrations } from "../../../local/stepfunctions/tasks/integrations.ts";
import { manualClock } from "../../support/manual-clock.ts";

/** What the outside does; by default there is nothing to call. */
export interface Outside {
  readonly invoke?: InvokeFunction;
  readonly callService?: CallService;
  readonly random?: () => number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly traceHeader?: string;
}

const arn = (kind: string, name: string) => `arn:aws:states:us-east-1:111111111111:${kind}:${name}`;
const uuid = () => "6f2b6f5e-4f0c-4c76-9a3f-1c0a7d3f1a55";
const nothing = async () => {
  throw new Error("This test has nothing to call");
};

/** Compiles a definition with the real integrations. @throws Error naming the problems. */
const compiled = (definition: unknown, { invoke = nothing, callService = nothing }: Outside = {}) => {
  const { program, problems } = compile(definition, createIntegrations({ invoke, callService, uuid }));
  if (problems) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return program;
};

/** Runs an execution on a clock of the test's own. */
export const begin = (definition: unknown, input: Json, outside: Outside & { clock: Clock }) => {
  const events: HistoryEvent[] = [];
  const { clock, random = () => 0.5, signal = new AbortController().signal, traceHeader } = outside;
  const roleArn = "arn:aws:iam::111111111111:role/Machine";
  const outcome: Promise<Outcome> = interpret({
    program: compiled(definition, outside),
    input,
    context: {
      Execution: {
        Id: arn("express", "Machine:one:1"),
        Input: input,
        Name: "one",
        RoleArn: roleArn,
        StartTime: new Date(clock.now()).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: arn("stateMachine", "Machine"), Name: "Machine" },
    },
    caller: {
      executionArn: arn("express", "Machine:one:1"),
      stateMachineArn: arn("stateMachine", "Machine"),
      roleArn,
      session: "one",
      traceHeader,
    },
    clock,
    random,
    uuid,
    listen: (event) => events.push(event),
    signal,
  });
  return { outcome, events };
};

/** Runs an execution to its end, moving its clock on whenever it waits. */
export const execute = async (
  definition: unknown,
  input: Json,
  outside: Omit<Outside, "clock"> = {},
): Promise<{ outcome: Outcome; events: readonly HistoryEvent[] }> => {
  const clock = manualClock();
  const { outcome, events } = begin(definition, input, { ...outside, clock });
  let running = true;
  outcome
    .finally(() => {
      running = false;
    })
    .catch(() => {});
  while (running) await clock.advance(1000);
  return { outcome: await outcome, events };
};
