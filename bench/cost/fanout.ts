import { LATENCIES, QUOTAS, SIZES } from "../model/figures.ts";
import { add, expressGbSecondsOf, readUnitsOf, scale, type Usage } from "../model/usage.ts";
import { FANOUT_WIDTH, FIRST_PAGE, MAP_WIDTH, PAGE, READING_MS, SEGMENT } from "./deployment.ts";
import { taskMs } from "./durations.ts";
import { POST_MS } from "./post.ts";

/** Both definitions have less. */
const DEFINITION_BYTES = 16 * 1024;
/** What an iteration is given: a connection and the frame. */
const ITERATION_BYTES = 1024;

const ITERATION_MS = taskMs("invoke") + POST_MS;
/** A Map ends with its slowest iteration. */
const SLOWEST_MS = LATENCIES.post.p99Ms;

const postingMs = (members: number) => Math.max(1, members / MAP_WIDTH) * ITERATION_MS + SLOWEST_MS;
const pageMs = (rows: number) => taskMs("query") + rows * SIZES.rowReadMs;
const rowUnits = (rows: number) => readUnitsOf(rows * SIZES.row, "eventual");

const execution = (durationMs: number, iterations: number): Usage =>
  add({
    expressRequests: 1,
    expressGbSeconds: expressGbSecondsOf({
      durationMs,
      iterations,
      definitionBytes: DEFINITION_BYTES,
      bytesOfAnIteration: ITERATION_BYTES,
    }),
  });

/**
 * What the executions use that deliver one message to a room, without the posts.
 * @param members connections, the sender's among them
 */
export const fanoutUsage = (members: number): Usage => (members < FIRST_PAGE ? smallRoom(members) : largeRoom(members));

const smallRoom = (members: number): Usage =>
  add(execution(pageMs(members) + postingMs(members) + taskMs("putEvents"), members), {
    dynamoDbReadUnits: rowUnits(members),
  });

const largeRoom = (members: number): Usage => {
  const segments = Math.min(FANOUT_WIDTH, Math.ceil(members / SEGMENT));
  const each = members / segments;
  const pages = Math.ceil(each / PAGE);
  const free = pages * pageMs(each / pages) + postingMs(each);
  // All segments together post no faster than the account may.
  const quotaMs = ((members - QUOTAS.apiGateway.burst) / QUOTAS.apiGateway.perSecond) * 1000;
  const childMs = Math.max(free, quotaMs);
  const generations = Math.ceil(childMs / READING_MS);
  // And one with the members whose posts are traced.
  const children = add(
    scale(execution(childMs / generations, each / generations), segments * generations),
    execution(POST_MS, 20),
  );
  const rootMs = pageMs(FIRST_PAGE) + generations * taskMs("startSyncExecution") + childMs + taskMs("putEvents");
  return add(children, execution(rootMs, segments), {
    dynamoDbReadUnits: rowUnits(FIRST_PAGE) + segments * pages * rowUnits(each / pages),
  });
};
