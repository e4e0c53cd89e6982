import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleFunctions, writeBundles } from "../infra/bundles.ts";
import { inDirectory } from "./on-runtime.ts";
import { count } from "./options.ts";
import { startPoster, startServer } from "./post/processes.ts";
import type { Listening } from "./post/server.ts";
import { type Report, table } from "./report.ts";
import { median, quantile } from "./statistics.ts";

/** Posts that are not counted: V8 compiles what runs often. */
const WARM_UP = 600;

/** Microseconds of CPU a post, of each round. */
export interface Costs {
  /** The SDK's call with the SDK's defaults. */
  readonly sdk: readonly number[];
  /** The handler of `post`, its trace not sampled: all but the first posts of a message. */
  readonly unsampled: readonly number[];
  readonly sampled: readonly number[];
}

/**
 * What a post costs: microseconds of CPU of the deployed bundle's handler, against the SDK's call as the SDK makes it,
 * both to one HTTP server on this machine. Fails where a post has not arrived, or an unsampled one costs more than
 * `--within` percent of the SDK's call.
 */
export const post = async (args: string[]): Promise<Report> => {
  const { values } = parseArgs({
    args,
    options: {
      posts: { type: "string", default: "200" },
      rounds: { type: "string", default: "31" },
      within: { type: "string", default: "100" },
    },
  });
  const posts = count("--posts", values.posts);
  const rounds = count("--rounds", values.rounds);
  const within = count("--within", values.within);
  return inDirectory(async (directory) => {
    const bundle = join(writeBundles(await bundleFunctions(), directory), "post", "post.mjs");
    const server = await startServer();
    try {
      const costs = await measure(bundle, server.listening, posts, rounds);
      const missing = 3 * (WARM_UP + rounds * posts) - (await server.arrived()).posts;
      return postReport(posts, within, costs, missing);
    } finally {
      await server.stop();
    }
  });
};

/** In many short rounds, so that a slow moment of the machine falls on all of them. */
const measure = async (bundle: string, listening: Listening, posts: number, rounds: number): Promise<Costs> => {
  const kinds = { sdk: { sampled: false }, unsampled: { bundle, sampled: false }, sampled: { bundle, sampled: true } };
  const costs: Record<keyof Costs, number[]> = { sdk: [], unsampled: [], sampled: [] };
  const posters: ({ readonly kind: keyof Costs } & Awaited<ReturnType<typeof startPoster>>)[] = [];
  try {
    for (const kind of ["sdk", "unsampled", "sampled"] as const)
      posters.push({ kind, ...(await startPoster(kinds[kind], listening)) });
    for (const { post } of posters) await post(WARM_UP);
    for (let round = 0; round < rounds; round++)
      for (const { kind, post } of posters) costs[kind].push((await post(posts)).cpu);
  } finally {
    await Promise.all(posters.map(({ stop }) => stop()));
  }
  return costs;
};

/** The figures for a person, and whether a post costs too much. */
export const postReport = (posts: number, within: number, costs: Costs, missing: number): Report => {
  const sdk = median(costs.sdk);
  const row = (what: string, found: readonly number[]) => ({
    what,
    cpuMicroseconds: Math.round(median(found)),
    fastest: Math.round(quantile(found, 0)),
    ratio: Math.round((median(found) / sdk) * 100) / 100,
  });
  const rows = [
    row("the SDK's call", costs.sdk),
    row("post, unsampled", costs.unsampled),
    row("post, sampled", costs.sampled),
  ];
  const percent = Math.round((median(costs.unsampled) / sdk) * 100);
  return {
    figures: { posts, rounds: costs.sdk.length, rows },
    lines: table([
      [`µs of CPU a post, ${costs.sdk.length} rounds of ${posts}`, "median", "least", "× SDK"],
      ...rows.map((row) => [row.what, row.cpuMicroseconds, row.fastest, row.ratio.toFixed(2)]),
    ]),
    failures: [
      ...(missing === 0 ? [] : [`${missing} posts have not arrived`]),
      ...(percent <= within ? [] : [`an unsampled post costs ${percent} % of the SDK's call, over ${within}`]),
    ],
  };
};
