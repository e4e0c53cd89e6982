import { expect, test } from "vitest";
import type { JsonObject } from "../../../local/json.ts";
import type { InvokeFunction } from "../../../local/lambda/invoke.ts";
import { failing, flow, machine, pass, returned, threw, work } from "./machine.ts";
import { arn, started } from "./started.ts";

// biome-ignore lint/suspicious/noExplicitAny: a segment's fields are its maker's
type Segment = any;

const root = "1-67f4141f-e1cd7672871da115129f8b19";
const sampled = `Root=${root};Parent=d0ee9531727135a0;Sampled=1`;

/** A machine whose executions are traced; what X-Ray gets of them, and the headers that its tasks are called with. */
const traced = (
  definition: JsonObject,
  { tracing = true, sample = false, invoke = failing() as InvokeFunction } = {},
) => {
  const segments: Segment[] = [];
  const headers: (string | undefined)[] = [];
  let ids = 0;
  const { machines, clock } = started(
    definition,
    { TracingConfiguration: { Enabled: tracing } },
    {
      invoke: (request) => {
        headers.push(request.traceHeader);
        return invoke(request);
      },
      callService: (_service, action, input, context) => machines.service.call(action, input, context),
      tracing: {
        now: () => 1_744_049_183_500,
        randomHex: (digits) => (++ids).toString(16).padStart(digits, "0"),
        sample: () => sample,
        record: (document) => segments.push(document),
      },
    },
  );
  const run = (traceHeader?: string, input: JsonObject = {}) => machines.start(arn, input, { traceHeader }).ended;
  return { run, segments, headers, clock, stop: machines.stop };
};

/** A subsegment and those below it, by name. */
const outline = ({ name, subsegments = [] }: Segment): unknown =>
  subsegments.length > 0 ? { [name]: subsegments.map(outline) } : name;

test("a sampled execution is one segment below its caller, with a subsegment for each state entered", async () => {
  const { run, segments } = traced(machine({ Begin: pass(), Work: work(), End: { Type: "Succeed" } }));
  await run(sampled);
  expect(segments).toMatchObject([
    {
      trace_id: root,
      parent_id: "d0ee9531727135a0",
      name: "Machine",
      origin: "AWS::StepFunctions::StateMachine",
      aws: { execution_arn: expect.stringContaining(":express:Machine:") },
    },
  ]);
  expect(outline(segments[0])).toEqual({ Machine: ["Begin", { Work: ["Lambda"] }, "End"] });
});

test("a task is called in the trace, below its own subsegment", async () => {
  const { run, segments, headers } = traced(machine({ Work: work() }));
  await run(sampled);
  const [call] = segments[0].subsegments[0].subsegments;
  expect(call).toMatchObject({ namespace: "aws", aws: { operation: "Invoke", function_name: "worker" } });
  expect(headers).toEqual([`Root=${root};Parent=${call.id};Sampled=1`]);
});

test("iterations and branches are subsegments around their states", async () => {
  const each = { Type: "Map", Items: "{% [1, 2] %}", ItemProcessor: flow({ Work: work() }) };
  const both = { Type: "Parallel", Branches: [flow({ A: pass() }), flow({ B: pass() })] };
  const { run, segments } = traced(machine({ Each: each, Both: both }));
  await run(sampled);
  expect(outline(segments[0])).toEqual({
    Machine: [
      { Each: [{ "Iteration 0": [{ Work: ["Lambda"] }] }, { "Iteration 1": [{ Work: ["Lambda"] }] }] },
      { Both: [{ "Branch 0": ["A"] }, { "Branch 1": ["B"] }] },
    ],
  });
});

test("each try of a task is a subsegment of its own, and only the one that failed is a fault", async () => {
  const retried = work({ Retry: [{ ErrorEquals: ["Slow"], IntervalSeconds: 1 }] });
  const { run, segments, headers, clock } = traced(machine({ Work: retried }), { invoke: failing("Slow") });
  const ended = run(sampled);
  await clock.advance(1_000);
  await ended;
  const [state] = segments[0].subsegments;
  expect(state).not.toHaveProperty("fault");
  expect(state.subsegments).toMatchObject([
    { fault: true, cause: { exceptions: [{ type: "Slow" }] } },
    { name: "Lambda" },
  ]);
  expect(state.subsegments[1]).not.toHaveProperty("fault");
  expect(new Set(headers).size).toBe(2);
});

test("a call that was throttled is an error of the caller", async () => {
  const invoke: InvokeFunction = async () => threw("Lambda.TooManyRequestsException");
  const { run, segments } = traced(machine({ Work: work() }), { invoke });
  await run(sampled);
  expect(segments[0].subsegments[0].subsegments).toMatchObject([{ error: true, throttle: true }]);
});

test("an execution that fails is a fault, and says of the error no more than its name", async () => {
  const { run, segments } = traced(machine({ Stop: { Type: "Fail", Error: "Full", Cause: "the room of ann" } }));
  await run(sampled);
  expect(segments[0]).toMatchObject({ fault: true, cause: { exceptions: [{ type: "Full" }] } });
  expect(JSON.stringify(segments)).not.toContain("ann");
});

test("a state's name is written without the characters that X-Ray does not take", async () => {
  const { run, segments } = traced(machine({ "Is that everyone?": pass() }));
  await run(sampled);
  expect(outline(segments[0])).toEqual({ Machine: ["Is that everyone"] });
});

test("what still runs when the execution ends is closed with it, and sent once", async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof returned>>();
  const { run, segments, headers, stop } = traced(machine({ Work: work() }), { invoke: () => promise });
  const ended = run(sampled);
  await expect.poll(() => headers).toHaveLength(1);
  await stop();
  expect(await ended).toEqual({ status: "ABORTED" });
  resolve(returned(null));
  await promise;
  expect(segments).toMatchObject([{ fault: true, subsegments: [{ subsegments: [{ end_time: expect.any(Number) }] }] }]);
});

test("a trace that begins here has the execution as its root", async () => {
  const { run, segments, headers } = traced(machine({ Work: work() }), { sample: true });
  await run(`Root=${root};Sampled=1`);
  await run();
  expect(segments.map(({ trace_id }) => trace_id)).toEqual([root, expect.stringMatching(/^1-67f4141f-[0-9a-f]{24}$/)]);
  for (const segment of segments) expect(segment).not.toHaveProperty("parent_id");
  expect(headers[1]).toContain(`Root=${segments[1].trace_id};`);
});

/** Starts itself as its own child. @param fields of the call */
const parent = (fields: JsonObject = {}) => {
  const Arguments = { StateMachineArn: arn, Input: '{"child": true}', ...fields };
  return machine({
    "Child?": {
      Type: "Choice",
      Choices: [{ Condition: "{% $exists($states.input.child) %}", Next: "Done" }],
      Default: "Start",
    },
    Start: { Type: "Task", Resource: "arn:aws:states:::aws-sdk:sfn:startSyncExecution", Arguments },
    Done: { Type: "Succeed" },
  });
};

test("an execution that a state starts is below that state", async () => {
  const { run, segments } = traced(parent());
  await run(sampled);
  const [child, around] = segments;
  const [call] = around.subsegments[1].subsegments;
  expect(call).toMatchObject({ name: "SFN", aws: { operation: "StartSyncExecution", state_machine_arn: arn } });
  expect(child).toMatchObject({ trace_id: root, parent_id: call.id });
});

test("an execution that is started in words of the definition is in the trace that these name", async () => {
  const { run, segments } = traced(parent({ TraceHeader: `Root=${root};Sampled=0` }));
  await run(sampled);
  expect(segments).toHaveLength(1);
});

test("an unsampled execution records nothing, and passes that on", async () => {
  const { run, segments, headers } = traced(machine({ Work: work() }));
  await run(`Root=${root};Parent=d0ee9531727135a0;Sampled=0`);
  await run();
  expect(headers).toEqual([`Root=${root};Parent=d0ee9531727135a0;Sampled=0`, expect.stringMatching(/;Sampled=0$/)]);
  expect(segments).toEqual([]);
});

test("without tracing of its own a machine still follows its caller's decision, and makes none", async () => {
  const { run, segments, headers } = traced(machine({ Work: work() }), { tracing: false, sample: true });
  await run(sampled);
  expect(segments).toHaveLength(1);
  await run();
  expect([segments.length, headers[1]]).toEqual([1, undefined]);
});

test("a large execution is sent in documents of 64 KB that belong together", async () => {
  const items = `{% [1..300] %}`;
  const { run, segments } = traced(
    machine({ Each: { Type: "Map", Items: items, ItemProcessor: flow({ Work: work(), After: pass() }) } }),
  );
  await run(sampled);
  expect(segments.length).toBeGreaterThan(1);
  for (const document of segments) expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThanOrEqual(64 * 1024);
  const ids = segments.flatMap(function ids({ id, subsegments = [] }: Segment): string[] {
    return [id, ...subsegments.flatMap(ids)];
  });
  expect(new Set(ids).size).toBe(1 + 1 + 300 * 4);
  for (const { type, trace_id, parent_id } of segments.slice(1)) {
    expect([type, trace_id]).toEqual(["subsegment", root]);
    expect(ids).toContain(parent_id);
  }
});

test("of an execution without end the first 1,500 subsegments are recorded, and no call is without a parent", async () => {
  const { run, segments, headers } = traced(
    machine({ Each: { Type: "Map", Items: "{% [1..600] %}", ItemProcessor: flow({ Work: work() }) } }),
  );
  await run(sampled);
  const ids = segments.flatMap(function ids({ id, subsegments = [] }: Segment): string[] {
    return [id, ...subsegments.flatMap(ids)];
  });
  expect(ids).toHaveLength(1501);
  expect(headers).toHaveLength(600);
  for (const header of headers) expect(ids).toContain(/Parent=([0-9a-f]{16})/.exec(header ?? "")?.[1]);
});
