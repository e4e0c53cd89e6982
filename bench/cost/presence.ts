import { LATENCIES } from "../model/figures.ts";
import { add, expressGbSecondsOf, readUnitsOf, scale, type Usage, writeUnitsOf } from "../model/usage.ts";
import { GATHERING_MS, LOOK_AGAIN_MS } from "./deployment.ts";
import { postUsage } from "./post.ts";
import { invocation } from "./route.ts";

/** Names as `docs/architecture.md` takes them, in the index and in the roster, in bytes. */
const ROW_BYTES = 200;
const NAME_BYTES = 60;

/** Somebody came or went: whether a look is announced already is read, and it is announced where it was not. */
const stir: Usage = add({ dynamoDbReadUnits: 0.5, dynamoDbWriteUnits: 1, customEvents: 1 });

/** `roster` compares those who were announced with those who are in the index. */
const look = (connections: number): Usage =>
  add(invocation(2, 0), {
    dynamoDbReadUnits:
      readUnitsOf(connections * NAME_BYTES, "strong") + readUnitsOf(connections * ROW_BYTES, "eventual"),
  });

const execution = (durationMs: number): Usage =>
  add({
    expressRequests: 1,
    expressGbSeconds: expressGbSecondsOf({ durationMs, definitionBytes: 0, iterations: 0, bytesOfAnIteration: 0 }),
  });

/** What a look uses that finds nothing new, as after a connection was renewed. */
export const quietLook = (connections: number, traced: number): Usage =>
  add(stir, execution(GATHERING_MS + LATENCIES.task.p99Ms), look(connections), { tracesRecorded: traced });

/**
 * What one join uses, or all those of the same second together, in a room that is told of it: news for all, and a
 * second look.
 */
export const newsUsage = (connections: number, traced: number): Usage =>
  add(
    stir,
    execution(GATHERING_MS + LOOK_AGAIN_MS + 4 * LATENCIES.task.p99Ms),
    scale(look(connections), 2),
    scale(postUsage(NAME_BYTES), connections),
    // The new roster, and PresenceChanged.
    { dynamoDbWriteUnits: writeUnitsOf(connections * NAME_BYTES), customEvents: 1, tracesRecorded: traced },
  );
