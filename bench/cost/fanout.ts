import { LATENCIES, QUOTAS, SIZES } from "../model/figures.ts";
import { add, expressGbSecondsOf, readUnitsOf, scale, type Usage } from "../model/usage.ts";
import {
  ENVELOPE_BYTES,
  FANOUT_WIDTH,
  FIRST_PAGE,
  MAP_WIDTH,
  PAGE,
  READING_MS,
  SEGMENT,
  TRACED_POSTS,
} from "./deployment.ts";
import { taskMs } from "./durations.ts";
import { POST_MS } from "./post.ts";

/** Both definitions have less. */
const DEFINITION_BYTES = 16 * 1024;
/** What an iteration is given beside the frame. */
const CONNECTION_BYTES = 128;

const ITERATION_MS = taskMs("invoke") + POST_MS;
/** A Map ends with its slowest iteration. */
const SLOWEST_MS = LATENCIES.post.p99Ms;

const postingMs = (members: number) => Math.max(1, members / MAP_WIDTH) * ITERATION_MS + SLOWEST_MS;
const pageMs = (rows: number) => taskMs("query") + rows * SIZES.rowReadMs;
const rowUnits = (rows: number) => readUnitsOf(rows * SIZES.row, "eventual");

const execution = (durationMs: number, iterations: number, dataBytes: number): Usage =>
  add({
    expressRequests: 1,
    expressGbSeconds: expressGbSecondsOf({
      durationMs,
      iterations,
      definitionBytes: DEFINITION_BYTES,
      bytesOfAnIteration: dataBytes + ENVELOPE_BYTES.frame + CONNECTION_BYTES,
    }),
  });

/**
 * What the executions use that deliver one message to a room, without the posts.
 * @param members connections, the sender's among them
 */
export const fanoutUsage = (members: number, dataBytes: number): Usage =>
  members < FIRST_PAGE ? smallRoom(members, dataBytes) : largeRoom(members, dataBytes);

const smallRoom = (members: number, dataBytes: number): Usage =>
  add(execution(pageMs(members) + postingMs(members) + taskMs("putEvents"), members, dataBytes), {
    dynamoDbReadUnits: rowUnits(members),
  });

const largeRoom = (members: number, dataBytes: number): Usage => {
  const segments = Math.min(FANOUT_WIDTH, Math.ceil(members / SEGMENT));
  const inSegment = members / segments;
  const pages = Math.ceil(inSegment / PAGE);
  const unhinderedMs = pages * pageMs(inSegment / pages) + postingMs(inSegment);
  // All segments together post no faster than the account may.
  const quotaMs = ((members - QUOTAS.apiGateway.burst) / QUOTAS.apiGateway.perSecond) * 1000;
  const servingMs = Math.max(unhinderedMs, quotaMs);
  // A segment that is not served when its execution has read long enough goes on in another.
  const turns = Math.ceil(servingMs / READING_MS);
  const rootMs = pageMs(FIRST_PAGE) + turns * taskMs("startSyncExecution") + servingMs + taskMs("putEvents");
  return add(
    execution(rootMs, segments, dataBytes),
    execution(POST_MS, TRACED_POSTS, dataBytes),
    scale(execution(servingMs / turns, inSegment / turns, dataBytes), segments * turns),
    { dynamoDbReadUnits: rowUnits(FIRST_PAGE) + segments * pages * rowUnits(inSegment / pages) },
  );
};
