import type { World, WorldOptions } from "../world.ts";

/** A way to bring a message to all members of a room. */
export interface Strategy {
  /** As the table calls it. */
  readonly name: string;
  /** One sentence: what is posted by whom, and what bounds it. */
  readonly what: string;
  /** The Express machines that it runs. */
  readonly definitions?: () => NonNullable<WorldOptions["definitions"]>;
  /** Members of the largest room that it is measured in, where a larger one would say nothing more. */
  readonly largest?: number;
  /** From the frame of somebody who publishes to the room to the end of all that it causes. */
  readonly publish: (world: World, room: number) => Promise<void>;
}
