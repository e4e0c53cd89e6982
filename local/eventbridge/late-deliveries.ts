import { type Clock, sleep } from "../clock.ts";
import type { Faults } from "../faults/faults.ts";

/** A delivery as it waits for its turn. */
interface Waiting {
  /** Which rule's target it goes to. */
  readonly to: string;
  /** Its place in the order in which the bus took the events. */
  readonly place: number;
}

const LONGEST_DELAY_MS = 3_000;
const LONGEST_HOLD_MS = 1_000;

/** Keeps deliveries waiting, as the faults want it: EventBridge promises neither a time nor an order. */
export const createLateDeliveries = ({ faults, clock }: { readonly faults: Faults; readonly clock: Clock }) => {
  const held = new Set<Waiting & { letGo(): void }>();

  /** Waits until a delivery of a later event has been started to the same target, or for a second. */
  const beOvertaken = async (waiting: Waiting, signal: AbortSignal) => {
    const overtaken = new AbortController();
    const one = { ...waiting, letGo: () => overtaken.abort() };
    held.add(one);
    await sleep(clock, LONGEST_HOLD_MS, AbortSignal.any([signal, overtaken.signal]))
      .catch(() => signal.throwIfAborted())
      .finally(() => held.delete(one));
  };

  return {
    /** Resolves when the delivery may start; rejects with the signal's reason when it aborts first. */
    async wait(waiting: Waiting, signal: AbortSignal): Promise<void> {
      // Both are decided at once, so that it is the order of the events which decides, and not that of the timers.
      const delayMs = faults.strikes("bus.delay") ? faults.chance("bus.delay") * LONGEST_DELAY_MS : 0;
      const reorder = faults.strikes("bus.reorder");
      if (delayMs > 0) await sleep(clock, delayMs, signal);
      if (reorder) await beOvertaken(waiting, signal);
    },
    /** Hears that a delivery has been started: those of earlier events to the same target need wait no longer. */
    started({ to, place }: Waiting): void {
      for (const one of held) if (one.to === to && one.place < place) one.letGo();
    },
  };
};
