import { MEMORY_MB } from "../cost/deployment.ts";
import { computeMs } from "../cost/durations.ts";
import { LATENCIES, PROCESSOR, QUOTAS } from "./figures.ts";
import type { Served } from "./measure.ts";
import { priceOf } from "./prices.ts";
import { NOTHING } from "./usage.ts";

/** What nobody can be quicker or cheaper than who delivers by these services. */
export type Floor = Omit<Served, "refused">;

/** The way of one message to one member, each service warm and as quick as it is half of the time. */
const latencyMs = (pace: number): number => {
  const { route, invoke, item, putEvents, bus, startExecution, task, query, post } = LATENCIES;
  const services = [
    ...[route, invoke, item, item, item, putEvents].map(({ medianMs }) => medianMs),
    ...[bus, startExecution, task, query, task, invoke].map(({ medianMs }) => medianMs),
    // It has arrived before the answer is back.
    post.medianMs / 2 - invoke.medianMs,
  ].reduce((sum, ms) => sum + ms, 0);
  return (
    services * pace + computeMs(PROCESSOR.publishMs, MEMORY_MB.publish) + computeMs(PROCESSOR.postMs, MEMORY_MB.post)
  );
};

/** What the quotas need for all: the tighter of posts and invocations. */
const quotaMs = (members: number): number => {
  const { apiGateway, concurrentInvocations } = QUOTAS;
  const posts = Math.max(0, members - apiGateway.burst) / apiGateway.perSecond;
  const invocations = members / (10 * concurrentInvocations);
  return 1000 * Math.max(posts, invocations);
};

/** @param pace how many times as long everything takes as `figures.ts` says */
export const floorOf = (members: number, pace = 1): Floor => ({
  firstMs: latencyMs(pace),
  medianMs: latencyMs(pace) + quotaMs(members / 2),
  lastMs: latencyMs(pace) + quotaMs(members),
  costPerMillion: priceOf({ ...NOTHING, webSocketMessages: 1e6 }),
});

/** The longest that ours may take to the last member, as promised: 1.2 × the floor and 0.3 s. */
export const boundMs = (members: number, pace = 1): number => 1.2 * floorOf(members, pace).lastMs + 300;
