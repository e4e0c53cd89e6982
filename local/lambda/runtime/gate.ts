/**
 * Where an environment stands still between invocations: a count, in memory that both threads see, of the invocations
 * handed to it.
 */
export type Gate = Int32Array<SharedArrayBuffer>;

export const createGate = (): Gate => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Lets the environment go on, for the invocation that was just posted to it. */
export const openGate = (gate: Gate): void => {
  Atomics.add(gate, 0, 1);
  Atomics.notify(gate, 0);
};

/**
 * Freezes this thread, with its timers, promises and sockets, until an invocation after the `taken`-th is posted;
 * returns at once if there is one. Ending the worker ends the wait too.
 */
export const waitAtGate = (gate: Gate, taken: number): void => {
  Atomics.wait(gate, 0, taken);
};
