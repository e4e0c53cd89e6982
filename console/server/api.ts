import type { IncomingMessage, ServerResponse } from "node:http";
import * as v from "valibot";
import type { ConsoleNeeds } from "../../local/console/needs.ts";
import type { FaultChange, RedriveRequest } from "../contract.ts";
import { Refusal, readJson, sendJson } from "./answer.ts";
import { listFaults, switchFault } from "./faults.ts";
import { createLive } from "./live.ts";
import { createMessages } from "./messages.ts";
import { createOverview } from "./overview/overview.ts";
import { openConsoleStack } from "./stack.ts";
import { createStories } from "./story/stories.ts";

const REDRIVE_REQUEST = v.strictObject({
  letterIds: v.union([v.literal("all"), v.array(v.string())]),
  dryRun: v.boolean(),
}) satisfies v.GenericSchema<RedriveRequest>;

const FAULT_CHANGE = v.strictObject({
  name: v.string(),
  when: v.nullable(v.string()),
}) satisfies v.GenericSchema<FaultChange>;

/** Messages that are listed unless somebody asks for more or fewer, and the most. */
const MESSAGES = { usual: 100, most: 500 };

/** What `console/contract.ts` promises, below `/console/api`. */
export const createApi = (needs: ConsoleNeeds) => {
  const stack = openConsoleStack(needs);
  const messages = createMessages(needs);
  const overview = createOverview({ ...needs, stack, messages });
  const stories = createStories({ ...needs, stack });
  const live = createLive({ overview: overview.current, follow: overview.follow, clock: needs.clock });

  const routes: readonly Route[] = [
    ["GET", /^live$/, ({ response }) => live.serve(response)],
    ["GET", /^messages$/, ({ query, send }) => messages.latest(readList(query)).then(send)],
    ["GET", /^messages\/([^/]+)$/, async ({ name, send }) => send(await stories.of(name))],
    ["GET", /^dead-letters$/, async ({ send }) => send(await stack.deadLetters.list())],
    [
      "POST",
      /^dead-letters\/redrive$/,
      async ({ json, send }) => send(await stack.deadLetters.redrive(await json(REDRIVE_REQUEST))),
    ],
    [
      "PUT",
      /^faults$/,
      async ({ json, send }) => {
        switchFault(needs.faults, await json(FAULT_CHANGE));
        await send(listFaults(needs.faults));
      },
    ],
  ];

  return {
    /** Answers a request. @throws Refusal for one that cannot be done */
    async answer(path: string, query: URLSearchParams, request: IncomingMessage, response: ServerResponse) {
      const found = routes.filter(([, pattern]) => pattern.test(path));
      if (found.length === 0) throw new Refusal(404, `There is nothing at /console/api/${path}.`);
      const [, pattern, run] = found.find(([method]) => method === request.method) ?? [];
      if (!run) throw new Refusal(405, `/console/api/${path} takes ${found.map(([method]) => method).join(" or ")}.`);
      const name = decoded(pattern?.exec(path)?.[1] ?? "");
      const json: Asked["json"] = async (schema) => valid(schema, await readJson(request));
      await run({ name, query, response, json, send: (answer) => sendJson(request, response, answer) });
    },
    stop() {
      live.stop();
      stack.end();
    },
  };
};

export type Api = ReturnType<typeof createApi>;

interface Asked {
  /** The part of the path that names one thing. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
  /** The body. @throws Refusal for one that is not of this shape */
  json<Output>(schema: v.GenericSchema<unknown, Output>): Promise<Output>;
  send(answer: unknown): Promise<void>;
}

type Route = readonly [method: string, path: RegExp, run: (asked: Asked) => void | Promise<void>];

const valid = <Output>(schema: v.GenericSchema<unknown, Output>, json: unknown): Output => {
  const read = v.safeParse(schema, json);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new Refusal(400, `${v.getDotPath(issue) ?? "The body"}: ${issue.message}`);
};

const readList = (query: URLSearchParams) => {
  const limit = Number(query.get("limit") ?? MESSAGES.usual);
  if (!Number.isInteger(limit) || limit < 1) throw new Refusal(400, "limit is a whole number from 1 on.");
  return { limit: Math.min(limit, MESSAGES.most), room: query.get("room") ?? undefined };
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, "The path is not well escaped.");
  }
};
