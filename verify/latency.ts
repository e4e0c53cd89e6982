import { median, quantile } from "../bench/statistics.ts";
import { type Connect, newRoom } from "./person.ts";
import { type Probe, yes } from "./probe.ts";

const MESSAGES = 40;
/** The first messages start what is not running yet; they count nothing. */
const WARM_UP = 3;

/** How long an ack and a delivery take, both by the clock of this machine, so that no two clocks are compared. */
export const latency = (connect: Connect): Probe => ({
  says: `Of ${MESSAGES} messages one after the other each is acked and delivered`,
  must: true,
  ask: async () => {
    const room = newRoom();
    const [ann, bob] = [await connect({ room }), await connect({ room })];
    const acks: number[] = [];
    const deliveries: number[] = [];
    for (let number = 1; number <= WARM_UP + MESSAGES; number++) {
      const sent = performance.now();
      const delivered = bob.next({ type: "message", data: number }).then(() => performance.now() - sent);
      const acked = ann.publish(room, number).then(() => performance.now() - sent);
      const [ack, delivery] = await Promise.all([acked, delivered]);
      if (number <= WARM_UP) continue;
      acks.push(ack);
      deliveries.push(delivery);
    }
    await Promise.all([ann.close(), bob.close()]);
    return yes(`To the ack: ${spread(acks)}. To the other member: ${spread(deliveries)}.`);
  },
});

const spread = (values: readonly number[]) =>
  `median ${median(values).toFixed(0)} ms, p95 ${quantile(values, 0.95).toFixed(0)} ms`;
