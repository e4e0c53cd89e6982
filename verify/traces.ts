import { randomBytes } from "node:crypto";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import { BatchGetTracesCommand } from "@aws-sdk/client-xray";
import { eventually } from "./patience.ts";
import { type Connect, newRoom } from "./person.ts";
import { no, notMeasurable, type Probe, yes } from "./probe.ts";
import type { Stack } from "./stack.ts";

/** X-Ray shows a trace seconds after its end. */
const TRACE_MS = 60_000;

/** More than are traced of a message. */
const RECIPIENTS = 25;

/** What the design takes X-Ray to do, asked by events and executions of our own, with trace headers of our own. */
export const traces = ({ connect, stack }: { readonly connect: Connect; readonly stack: Stack }): Probe[] => {
  const newTrace = () =>
    `1-${Math.floor(Date.now() / 1000)
      .toString(16)
      .padStart(8, "0")}-${randomBytes(12).toString("hex")}`;
  const headerOf = (root: string, sampled: boolean) =>
    `Root=${root};Parent=${randomBytes(8).toString("hex")};Sampled=${sampled ? 1 : 0}`;

  /** Each segment of a trace as `{origin} {name}`; undefined while there is none. */
  const segmentsOf = async (root: string): Promise<string[] | undefined> => {
    const { Traces: [trace] = [] } = await stack.traces.send(new BatchGetTracesCommand({ TraceIds: [root] }));
    if (!trace?.Segments?.length) return undefined;
    return trace.Segments.map(({ Document = "{}" }) => {
      const { origin = "", name = "" } = JSON.parse(Document);
      return `${origin} ${name}`.trim();
    });
  };
  const reachesPost = (root: string) =>
    eventually(`A segment of the function post in the trace ${root}`, TRACE_MS, async () => {
      const segments = await segmentsOf(root);
      return segments?.some((segment) => segment.includes(`${stack.name}-functionspost`)) ? segments : undefined;
    });

  /** A message as `publish` announces it, in a room where somebody waits for it. */
  const announced = async () => {
    const room = newRoom();
    const bob = await connect({ room });
    const id = `verify-${randomBytes(8).toString("hex")}`;
    const from = { id: "verify", name: "verify" };
    const detail = { id, room, seq: 0, from, data: "traced", received: Date.now(), sender: "nobody", trace: "" };
    return { detail, arrives: () => bob.next({ type: "message", id }), leave: bob.close };
  };

  type Announced = Awaited<ReturnType<typeof announced>>["detail"];
  const put = async (detail: Announced, traceHeader: string) => {
    const entry = { EventBusName: stack.busName, Source: "roomcast", DetailType: "MessagePosted" };
    const traced = { ...entry, Detail: JSON.stringify(detail), TraceHeader: traceHeader };
    const { FailedEntryCount, Entries } = await stack.buses.send(new PutEventsCommand({ Entries: [traced] }));
    if (FailedEntryCount) throw new Error(`The bus did not take the event: ${Entries?.[0]?.ErrorMessage}`);
  };

  /** Delivers a traced message to so many connections, and to one after it. @returns the posts in the first trace */
  const postsTraced = async (recipients: number) => {
    const [root, control] = [newTrace(), newTrace()];
    const { detail, arrives, leave } = await announced();
    const others: Awaited<ReturnType<Connect>>[] = [];
    // One after the other, for accounts that run ten functions at once.
    while (others.length < recipients - 1) others.push(await connect({ room: detail.room }));
    const header = headerOf(root, true);
    await put({ ...detail, trace: header }, header);
    await Promise.all([arrives(), ...others.map((one) => one.next({ type: "message", id: detail.id }))]);
    await Promise.all([leave(), ...others.map((one) => one.close())]);
    await execute(control, true);
    await reachesPost(control);
    const posts = (await reachesPost(root)).filter((segment) =>
      segment.startsWith(`AWS::Lambda ${stack.name}-functionspost`),
    );
    return { root, posts: posts.length };
  };

  const execute = async (root: string, sampled: boolean) => {
    const { detail, leave } = await announced();
    const { status, error, cause } = await stack.machines.send(
      new StartSyncExecutionCommand({
        stateMachineArn: await stack.machineArn(),
        input: JSON.stringify({ detail }),
        traceHeader: headerOf(root, sampled),
      }),
    );
    await leave();
    if (status !== "SUCCEEDED") throw new Error(`The execution ${status}: ${error}: ${cause}`);
  };

  return [
    {
      says: "[inferred] The trace of an entry's TraceHeader goes on from the bus through the state machine to the function",
      must: false,
      ask: async () => {
        const root = newTrace();
        const { detail, arrives, leave } = await announced();
        await put(detail, headerOf(root, true));
        await arrives();
        await leave();
        return reachesPost(root).then(
          (segments) => {
            const machine = segments.some((segment) => segment.includes("StepFunctions")) ? "has" : "lacks";
            return yes(`Trace ${root} ${machine} a segment of the state machine; it has ${segments.join(", ")}.`);
          },
          (error: Error) => no(error.message),
        );
      },
    },
    {
      says: "[inferred] An execution that is started unsampled (StartSyncExecution, Sampled=0) stays out of X-Ray",
      must: false,
      ask: async () => {
        const [unsampled, control] = [newTrace(), newTrace()];
        await execute(unsampled, false);
        await execute(control, true);
        const seen = await reachesPost(control).catch(() => undefined);
        if (!seen) return notMeasurable(`The sampled one, begun after it, is not to be seen either (${control}).`);
        const segments = await segmentsOf(unsampled);
        return segments
          ? no(`Trace ${unsampled} has ${segments.join(", ")}.`)
          : yes(`Trace ${control}, sampled and begun later, is there; ${unsampled} is not.`);
      },
    },
    {
      says: "[inferred] Of a traced message to more than 20, the posts of 20 are traced: a child's TraceHeader is heeded",
      must: false,
      ask: async () => {
        const { root, posts } = await postsTraced(RECIPIENTS);
        const found = `Trace ${root} has ${posts} posts of ${RECIPIENTS}.`;
        return posts < RECIPIENTS
          ? yes(found)
          : no(`${found} StartSyncExecution has preferred a header of the task's.`);
      },
    },
  ];
};
