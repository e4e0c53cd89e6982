import { openCrowd } from "./crowd.ts";
import { quantile } from "./statistics.ts";

export interface Load {
  readonly endpoint: string;
  /** Sockets that listen; one more publishes. */
  readonly members: number;
  /** One after the other: the next is published when everyone has the one before. */
  readonly messages: number;
  readonly room: string;
  /** How long nothing may arrive before what is missing is called lost, in milliseconds. */
  readonly patienceMs: number;
}

/** What the load saw. Milliseconds count from the moment a message was published. */
export interface Seen {
  readonly connectsPerSecond: number;
  readonly deliveries: number;
  readonly missing: number;
  readonly repeats: number;
  readonly deliveriesPerSecond: number;
  readonly ackMs: { readonly median: number; readonly p99: number };
  readonly deliveryMs: { readonly median: number; readonly p99: number };
  readonly lastMs: { readonly median: number; readonly p99: number };
}

/** Fills a room, publishes to it and counts what every member gets. */
export const loadRoom = async ({ endpoint, members, messages, room, patienceMs }: Load): Promise<Seen> => {
  const crowd = await openCrowd(
    endpoint,
    Array.from({ length: members + 1 }, () => [room]),
    { atRestMs: 0, tries: 1 },
  );
  const ackMs: number[] = [];
  const deliveryMs: number[] = [];
  const lastMs: number[] = [];
  let complete = true;
  for (let sent = 1; sent <= messages && complete; sent++) {
    const { heard } = await crowd.publish({ rooms: [room], data: `message ${sent}`, patienceMs });
    for (const { ackMs: acked, arrivedMs, recipients } of heard) {
      ackMs.push(acked);
      deliveryMs.push(...arrivedMs);
      lastMs.push(Math.max(0, ...arrivedMs));
      complete = arrivedMs.length === recipients;
    }
  }
  crowd.close();
  const busyS = lastMs.reduce((sum, ms) => sum + ms, 0) / 1000;
  const deliveries = deliveryMs.length;
  return {
    connectsPerSecond: crowd.connectsPerSecond,
    deliveries,
    missing: members * messages - deliveries,
    repeats: crowd.repeats(),
    deliveriesPerSecond: busyS > 0 ? Math.round(deliveries / busyS) : 0,
    ackMs: spread(ackMs),
    deliveryMs: spread(deliveryMs),
    lastMs: spread(lastMs),
  };
};

const spread = (values: readonly number[]) => ({
  median: Math.round(quantile(values, 0.5)),
  p99: Math.round(quantile(values, 0.99)),
});
