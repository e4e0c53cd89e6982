import type { Clock } from "../../local/clock.ts";

/** Time that passes as fast as it can be computed, the same way each time. */
export interface VirtualTime extends Clock {
  /** Milliseconds since the beginning, with their fraction: `now` has whole milliseconds, as `$millis()` has. */
  elapsed(): number;
  wait(ms: number): Promise<void>;
  /**
   * Lets time pass until some work has ended.
   * @returns what the work returned
   * @throws what it threw, and Error where it waits for something that will never happen
   */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

interface Timer {
  readonly at: number;
  /** Of two that are due at once, the first that was set is the first to run. */
  readonly order: number;
  readonly task: () => void;
  isCancelled: boolean;
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** What falls due in order, one thing at a time: a binary heap, for a million members have a million timers. */
export const createVirtualTime = (start = Date.UTC(2026, 0, 1)): VirtualTime => {
  const heap: Timer[] = [];
  let elapsed = 0;
  let order = 0;

  const push = (timer: Timer) => {
    let place = heap.length;
    heap.push(timer);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(timer, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = timer;
  };

  const pop = (): Timer | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  };

  const after = (ms: number, task: () => void) => {
    const timer = { at: elapsed + Math.max(0, ms), order: order++, task, isCancelled: false };
    push(timer);
    return () => {
      timer.isCancelled = true;
    };
  };

  return {
    now: () => Math.floor(start + elapsed),
    elapsed: () => elapsed,
    after,
    wait: (ms) =>
      new Promise((resolve) => {
        after(ms, resolve);
      }),
    run: async (work) => {
      let isRunning = true;
      const end = () => {
        isRunning = false;
      };
      work.then(end, end);
      await settled();
      while (isRunning) {
        const next = pop();
        if (!next) throw new Error("Nothing is left that could happen, and the work has not ended.");
        if (next.isCancelled) continue;
        elapsed = next.at;
        next.task();
        await settled();
      }
      return work;
    },
  };
};

/**
 * Resolves when promises have settled: twice, because the interpreter gives way to others by `setImmediate` too, and
 * what it then does still belongs to this moment.
 */
const settled = async () => {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
};
