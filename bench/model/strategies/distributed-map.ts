import { inParallel } from "../../../local/stepfunctions/asl/branches.ts";
import { InvocationError } from "../aws/lambda.ts";
import { PROCESSOR } from "../figures.ts";
import type { Member } from "../room.ts";
import { expressGbSecondsOf } from "../usage.ts";
import type { World } from "../world.ts";
import { createSdk, membersBetween } from "./sdk.ts";
import type { Strategy } from "./strategy.ts";

const PUBLISH = { name: "publish", memoryMb: 256, timeoutMs: 5_000 };
const LIST = { name: "list", memoryMb: PROCESSOR.mbOfOne, timeoutMs: 60_000 };
const POST = { name: "post-batch", memoryMb: PROCESSOR.mbOfOne, timeoutMs: 30_000 };

const BATCH = 100;
/** The best for 100,000 members of 10 to 40: more of them post more than the account's quota has, and wait to retry. */
const MAX_CONCURRENCY = 20;
/** A batch is tried again for those that failed, as the state's Retry would. */
const ATTEMPTS = 3;
/** Entering publish's execution, its list, its Map and its end. */
const TRANSITIONS = 4;

/**
 * Distributed Map: a Standard execution lists the room into an object of S3, and maps it in batches over Express
 * children, a function for each. What S3 asks for the one object is left out.
 */
export const distributedMap: Strategy = {
  name: "Distributed Map",
  what: "a Standard execution lists the room in S3 and maps batches of 100 over Express children",
  publish: async (world, room) => {
    const { delays, gateway, lambda, meter, tables } = world;
    const { members } = world.rooms[room]!;
    await gateway.frame();
    await lambda.invoke(PUBLISH, async ({ compute }) => {
      await compute(PROCESSOR.publishMs);
      await tables.write();
    });
    gateway.ack();
    await delays.whole("startStandard");
    await delays.whole("task");
    await lambda.invoke(LIST, async (environment) => {
      const sdk = createSdk(world, room, environment);
      for (let end = 0; end < members; ) end = await sdk.page(end);
      await delays.whole("object");
    });
    await delays.whole("object");
    await delays.whole("mapRun");
    const batches = Math.ceil(members / BATCH);
    meter.count("standardTransitions", TRANSITIONS + batches);
    await inParallel(batches, MAX_CONCURRENCY, new AbortController().signal, (batch) =>
      child(world, room, membersBetween(batch * BATCH, Math.min(members, (batch + 1) * BATCH))),
    );
  },
};

const child = async (world: World, room: number, batch: readonly Member[]) => {
  const { delays, time, lambda, meter } = world;
  await delays.whole("startExecution");
  const began = time.elapsed();
  for (let left = batch, attempt = 1; left.length > 0 && attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await time.wait(1000 * 2 ** (attempt - 2));
    await delays.whole("task");
    left = await lambda
      .invoke(POST, (environment) => createSdk(world, room, environment).postAll(left))
      .catch((error) => {
        if (error instanceof InvocationError || error.status === 429) return left;
        throw error;
      });
  }
  const execution = { definitionBytes: 1_000, iterations: 0, bytesOfAnIteration: 0 };
  meter.count("expressRequests", 1);
  meter.count("expressGbSeconds", expressGbSecondsOf({ ...execution, durationMs: time.elapsed() - began }));
};
