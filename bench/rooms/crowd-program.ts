/** The process of a crowd: `crowd-process.ts` starts it and tells it what to do, one call after the other. */
import { type Crowd, openCrowd } from "../crowd.ts";
import { quantile } from "../statistics.ts";
import type { Call, Reply, RoundSeen } from "./crowd-process.ts";

/** Small rooms are told who joined, seconds later: only when so long nothing has come is a crowd at rest. */
const AT_REST_MS = 5_000;
const TRIES = 6;

let crowd: Crowd | undefined;

const answer = async (call: Call): Promise<{ connectsPerSecond: number } | RoundSeen> => {
  if (call.kind === "open") {
    crowd = await openCrowd(call.endpoint, call.members, { atRestMs: AT_REST_MS, tries: TRIES });
    return { connectsPerSecond: crowd.connectsPerSecond };
  }
  if (!crowd) throw new Error("The crowd is not there yet");
  const { heard, spanMs } = await crowd.publish(call.round);
  return {
    spanMs,
    repeats: crowd.repeats(),
    rooms: heard.map(({ room, recipients, ackMs, arrivedMs }) => ({
      room,
      recipients,
      ackMs,
      arrived: arrivedMs.length,
      firstMs: quantile(arrivedMs, 0),
      medianMs: quantile(arrivedMs, 0.5),
      lastMs: quantile(arrivedMs, 1),
    })),
  };
};

process.on("message", async (call: Call) => {
  const reply: Reply = await answer(call).then(
    (result) => ({ result }),
    (error: Error) => ({ error: error.message }),
  );
  process.send?.(reply);
});
