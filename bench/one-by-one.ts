import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { openSocket } from "./socket.ts";
import { quantile } from "./statistics.ts";

/** One publisher and some members who listen, in a room that is quiet otherwise. */
export interface OneByOne {
  readonly endpoint: string;
  readonly members: number;
  /** Of each kind: with a `ref` on the frame, and without. */
  readonly messages: number;
  /** Published before, and not counted: of each kind too. */
  readonly warmUp: number;
  readonly room: string;
  /** How long an ack or a delivery is waited for, in milliseconds. */
  readonly patienceMs: number;
}

/** Milliseconds from a frame's sending, to one decimal. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
}

/** What one kind of frame took: until its sender had the ack, and until a member had the message. */
export interface Latency {
  readonly ackMs: Spread;
  readonly deliveryMs: Spread;
}

export interface Latencies {
  readonly withRef: Latency;
  readonly withoutRef: Latency;
}

/**
 * Publishes one message after the other, each when the one before is acked and has come to every member. The two kinds
 * take turns, so that a slow moment of the machine falls on both.
 * @throws Error where a message is refused, or something does not come in time
 */
export const publishOneByOne = async (load: OneByOne): Promise<Latencies> => {
  const { endpoint, members, messages, warmUp, room, patienceMs } = load;
  const url = `${endpoint}?room=${encodeURIComponent(room)}`;
  const listeners = await Promise.all(Array.from({ length: members }, () => openSocket(url)));
  const publisher = await openSocket(url);
  const times: Record<keyof Latencies, Times> = {
    withRef: { ack: [], delivery: [] },
    withoutRef: { ack: [], delivery: [] },
  };
  try {
    for (let n = -warmUp; n < messages; n++)
      for (const kind of ["withRef", "withoutRef"] as const) {
        const data = `${kind} ${n}`;
        const deliveries = listeners.map((socket) => arrival(socket, (frame) => frame.data === data, patienceMs));
        const acked = answer(publisher, patienceMs);
        const start = performance.now();
        publisher.send(JSON.stringify({ message: "publish", room, data, ...(kind === "withRef" && { ref: `r${n}` }) }));
        const [ack, ...delivered] = await Promise.all([acked, ...deliveries]);
        if (n < 0) continue;
        times[kind].ack.push(ack.at - start);
        times[kind].delivery.push(...delivered.map(({ at }) => at - start));
      }
  } finally {
    for (const socket of [...listeners, publisher]) socket.terminate();
  }
  return { withRef: latency(times.withRef), withoutRef: latency(times.withoutRef) };
};

interface Times {
  readonly ack: number[];
  readonly delivery: number[];
}

const latency = ({ ack, delivery }: Times): Latency => ({ ackMs: spread(ack), deliveryMs: spread(delivery) });

const spread = (values: readonly number[]): Spread => {
  const ms = (share: number) => Math.round(quantile(values, share) * 10) / 10;
  return { median: ms(0.5), p90: ms(0.9), p99: ms(0.99) };
};

interface Arrival {
  // biome-ignore lint/suspicious/noExplicitAny: a frame of any type
  readonly frame: any;
  readonly at: number;
}

/** The ack of what is being published. @throws Error with the refusal, at once */
const answer = async (publisher: WebSocket, patienceMs: number): Promise<Arrival> => {
  const found = await arrival(publisher, ({ type }) => type === "ack" || type === "error", patienceMs);
  if (found.frame.type === "ack") return found;
  throw new Error(`A message was not taken: ${JSON.stringify(found.frame)}`);
};

/** The next frame of a socket that is wanted, and when it came. @throws Error where it does not come in time */
const arrival = async (
  socket: WebSocket,
  wanted: (frame: Arrival["frame"]) => boolean,
  patienceMs: number,
): Promise<Arrival> => {
  const enough = new AbortController();
  const { promise, resolve } = Promise.withResolvers<Arrival>();
  const listen = (text: unknown) => {
    const at = performance.now();
    const frame = JSON.parse(String(text));
    if (wanted(frame)) resolve({ frame, at });
  };
  socket.on("message", listen);
  try {
    const late = sleep(patienceMs, undefined, { signal: enough.signal, ref: false });
    const first = await Promise.race([promise, late]);
    if (!first) throw new Error(`A frame has not come within ${patienceMs} ms`);
    return first;
  } finally {
    socket.off("message", listen);
    enough.abort();
  }
};
