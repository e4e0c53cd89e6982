import type { Membership } from "../../functions/aws/connections.ts";
import type { Delivery, PostErrorName } from "../../functions/contracts/delivery.ts";
import type { MessagePosted } from "../../functions/contracts/events.ts";
import { sleep } from "../../local/clock.ts";
import { NamedError } from "./invocations.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

interface Needs {
  readonly time: VirtualTime;
  readonly weather: Weather;
  /** The index's rows of a room. */
  readonly listed: (room: string) => readonly Membership[];
  /** Invokes `post`. @throws PostError, or Lambda's own errors */
  readonly post: (delivery: Delivery) => Promise<unknown>;
}

const ATTEMPTS = 6;
const NOT_RETRIED: PostErrorName = "PostRefused";

/** The bus, its rule and the state machine `room-fanout`: at least once, in no order, again from the beginning. */
export const createFanOut = ({ time, weather, listed, post }: Needs) => {
  const postTo = async (delivery: Delivery, isBroken: () => boolean) => {
    for (let attempt = 1; attempt <= ATTEMPTS && !isBroken(); attempt++) {
      try {
        await post(delivery);
        return;
      } catch (error) {
        if ((error as Error).name === NOT_RETRIED) return;
        await sleep(time, weather.between(0, Math.min(20_000, 1_000 * 2 ** attempt), "retry"));
      }
    }
  };

  /** One run of the execution. @param breaksOff after so many milliseconds nothing more of it happens */
  const run = async ({ sender, trace: _, audience: __, ...message }: MessagePosted, breaksOff: number) => {
    const where = `execution ${message.room}`;
    const end = time.now() + breaksOff;
    const isBroken = () => time.now() >= end;
    await sleep(time, weather.between(5, 30, where));
    const members = listed(message.room).filter(({ connectionId }) => connectionId !== sender);
    await Promise.all(
      members.map(async ({ connectionId, connectedAt }) => {
        await sleep(time, weather.between(5, 30, where));
        await postTo({ frame: { type: "message", ...message }, connectionId, connectedAt }, isBroken);
      }),
    );
  };

  const execute = async (message: MessagePosted) => {
    const where = `execution ${message.room}`;
    await sleep(time, weather.strikes("busDelays", where) ? weather.between(100, 8_000, where) : 10);
    if (weather.strikes("executionFails", where)) return;
    if (weather.strikes("executionRestarts", where)) await run(message, weather.between(0, 100, where));
    await run(message, Number.POSITIVE_INFINITY);
  };

  return {
    /** PutEvents. @throws NamedError where the bus does not take it */
    put: (message: MessagePosted): void => {
      if (weather.strikes("busRefuses", message.room)) throw new NamedError("InternalFailure");
      void execute(message);
      if (weather.strikes("busDuplicates", message.room)) void execute(message);
    },
  };
};
