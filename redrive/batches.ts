/** As many posts as a trace has room for, as in room-fanout: X-Ray guarantees 100 KB of one. */
const TRACED = 20;

/**
 * As many connections as one execution of `room-segment` posts to within its 55 s, even if each post takes its 2 s and
 * is tried again; with a message of 28 KB, and its frame of as much, they are far below the 256 KiB of an input.
 */
const MOST = 200;

/** What one execution posts to. */
export interface Batch<Connection> {
  readonly connections: readonly Connection[];
  /** Whether its posts are traced. */
  readonly traced: boolean;
}

/** Divides connections into batches, of which the first alone is traced. */
export const batchesOf = <Connection>(connections: readonly Connection[]): Batch<Connection>[] => {
  const rest = connections.slice(TRACED);
  const untraced = Array.from({ length: Math.ceil(rest.length / MOST) }, (_, index) => ({
    connections: rest.slice(index * MOST, (index + 1) * MOST),
    traced: false,
  }));
  return connections.length === 0 ? [] : [{ connections: connections.slice(0, TRACED), traced: true }, ...untraced];
};
