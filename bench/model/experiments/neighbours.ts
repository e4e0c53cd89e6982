import { AwsError } from "../../../local/aws/error.ts";
import { publishTo, roomcast } from "../strategies/roomcast.ts";
import { createWorld, type World } from "../world.ts";

/** Small rooms that each publish one message, one after the other, while a large one is served. */
export interface Neighbours {
  readonly seed: number;
  /** Members of the large room; 0 is none. */
  readonly large: number;
  /** Members of each small room. */
  readonly small: number;
  readonly rooms: number;
  /** Milliseconds from one small room's message to the next one's. */
  readonly everyMs: number;
  readonly fanoutWidth?: number;
}

/** @returns milliseconds to the last member of each room; NaN where the frame was lost */
export const serveNeighbours = async ({
  seed,
  large,
  small,
  rooms,
  everyMs,
  fanoutWidth,
}: Neighbours): Promise<{ smallMs: number[]; largeMs: number }> => {
  const smallRooms = Array.from({ length: rooms }, (_, number) => `small ${number}`);
  const world = createWorld({
    seed,
    rooms: { ...Object.fromEntries(smallRooms.map((name) => [name, small])), large },
    definitions: roomcast.definitions?.() ?? {},
    ...(fanoutWidth ? { settings: { fanoutWidth, roomRecipientsPerSecond: 5_000 } } : {}),
  });
  const { time } = world;
  const publish = async (room: number, at: number) => {
    await time.wait(at);
    // API Gateway drops the frame where Lambda takes no more, and tells nobody.
    await publishTo(world, room).catch((error) => {
      if (!(error instanceof AwsError)) throw error;
    });
  };
  const busy = large > 0 ? [publish(rooms, 0)] : [];
  // Not in the first moment, in which the quotas still have their bursts.
  const quiet = smallRooms.map((_, number) => publish(number, (number + 1) * everyMs));
  await time.run(Promise.all([...busy, ...quiet]));
  return {
    smallMs: smallRooms.map((_, number) => lastMs(world, number) - (number + 1) * everyMs),
    largeMs: lastMs(world, rooms),
  };
};

const lastMs = ({ rooms }: World, room: number) => rooms[room]!.arrivals.at.reduce((last, at) => Math.max(last, at), 0);
