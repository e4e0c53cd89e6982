import { AwsError } from "../../../local/aws/error.ts";
import { QUOTAS, SIZES } from "../figures.ts";
import type { Meter } from "../meter.ts";
import type { Strikes } from "../mishaps.ts";
import { memberOf, type Room } from "../room.ts";
import { createTokenBucket } from "../token-bucket.ts";
import { webSocketMessagesOf } from "../usage.ts";
import type { VirtualTime } from "../virtual-time.ts";
import type { Delays } from "./delays.ts";

/** What a connection of the model does with a post. */
export type Behaviour = "takes" | "gone" | "refuses";

interface Needs {
  readonly time: VirtualTime;
  readonly delays: Delays;
  readonly meter: Meter;
  readonly strikes: Strikes;
  readonly rooms: readonly Room[];
  readonly behaviourOf: (connectionId: string) => Behaviour;
}

/** API Gateway: frames in, acks and posts out, and one quota for what comes in and what is posted. */
export const createGateway = ({ time, delays, meter, strikes, rooms, behaviourOf }: Needs) => {
  const quota = createTokenBucket(QUOTAS.apiGateway, time.elapsed);

  const sent = () => {
    meter.count("webSocketMessages", webSocketMessagesOf(SIZES.frame));
    meter.count("egressBytes", SIZES.frame);
  };

  /** @throws AwsError LimitExceededException, GoneException, ForbiddenException */
  const take = (connectionId: string) => {
    if (!quota() || strikes("postThrottled"))
      throw new AwsError(
        "LimitExceededException",
        "The client is sending more than the allowed number of requests.",
        429,
      );
    const behaviour = behaviourOf(connectionId);
    if (behaviour === "gone") throw new AwsError("GoneException", "The connection is gone.", 410);
    if (behaviour === "refuses") throw new AwsError("ForbiddenException", "Forbidden", 403);
    const { room, member } = memberOf(connectionId);
    rooms[room]!.arrive(member, time.elapsed());
    sent();
  };

  return {
    /** A client's frame comes, and its route's function is about to be invoked. It takes from the quota, and always passes. */
    frame: () => {
      quota();
      meter.count("webSocketMessages", webSocketMessagesOf(SIZES.frame));
      return delays.whole("route");
    },
    /** The route's answer goes out. */
    ack: sent,
    /** PostToConnection. The frame arrives in the middle of it. */
    post: async (connectionId: string): Promise<void> => {
      const half = delays.halves("post");
      await half();
      try {
        take(connectionId);
      } finally {
        await half();
      }
    },
  };
};

export type Gateway = ReturnType<typeof createGateway>;
