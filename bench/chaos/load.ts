import { setTimeout as sleep } from "node:timers/promises";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xorshift128plus } from "pure-rand/generator/xorshift128plus";
import { connect } from "../../client/index.ts";
import { judge, type Seen, type Verdict } from "./judge.ts";
import { readHistory, tapped } from "./observer.ts";

export interface ChaosLoad {
  readonly endpoint: string;
  readonly members: number;
  readonly messages: number;
  readonly seed: number;
  /** How long after the last ack a member may still be behind, in milliseconds. */
  readonly patienceMs: number;
}

/** What the load saw. */
export interface ChaosSeen {
  readonly verdict: Verdict;
  /** Frames that came to the clients, by `type`; API Gateway's own answers as "gateway". */
  readonly frames: Readonly<Record<string, number>>;
  /** Connections that the clients made. */
  readonly connections: number;
  /** Messages that an application was told to be gone. */
  readonly missed: number;
  /** Publishes that were refused or not acked in time. */
  readonly unacked: readonly string[];
  readonly seconds: number;
}

const ROOM = "chaos";
/** So many publishes are under way at once. */
const CHAINS = 25;
/** Often, so that whoever lost the last message of the run learns of it soon. */
const PING_EVERY_MS = 5_000;

/**
 * Fills a room with members, each an application on the client library, has them publish, and waits until everyone is
 * where the room is. What was acked is taken from the wire, by an observer between the client and its socket.
 */
export const chaosLoad = async ({ endpoint, members, messages, seed, patienceMs }: ChaosLoad): Promise<ChaosSeen> => {
  const began = performance.now();
  const acked = new Set<string>();
  const frames: Record<string, number> = {};
  let connections = 0;
  let missed = 0;
  const WebSocket = tapped(({ type = "gateway", id, room }) => {
    frames[String(type)] = (frames[String(type)] ?? 0) + 1;
    if (type === "ack" && room === ROOM) acked.add(String(id));
  });

  const people = Array.from({ length: members }, (_, index) => {
    const chat = connect(endpoint, { name: `member ${index}`, pingEvery: PING_EVERY_MS, WebSocket });
    chat.on("state", ({ state }) => {
      if (state === "open") connections += 1;
    });
    const room = chat.join(ROOM);
    const given: Seen[] = [];
    room.on("message", ({ id, seq, data }) => void given.push({ id, seq, data }));
    room.on("missed", ({ from, to }) => {
      missed += to - from + 1;
    });
    return { chat, room, given };
  });
  while (people.some(({ room }) => !room.position)) await sleep(50);

  const random = xorshift128plus(seed);
  const unacked: string[] = [];
  let next = 0;
  const publish = async () => {
    while (next < messages) {
      const data = `message ${next++}`;
      const { room } = people[uniformInt(random, 0, members - 1)]!;
      try {
        const { id } = await room.publish(data);
        acked.add(id);
      } catch (error) {
        unacked.push(`${data}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: CHAINS }, publish));

  const history = await readHistory(endpoint, ROOM);
  const head = Math.max(0, ...history.map(({ seq }) => seq));
  const end = performance.now() + patienceMs;
  while (performance.now() < end && people.some(({ room }) => (room.position?.seq ?? 0) < head)) await sleep(100);
  const seconds = (performance.now() - began) / 1000;
  const verdict = judge(
    acked,
    people.map(({ given }) => given),
    history,
  );
  await Promise.all(people.map(({ chat }) => chat.close()));
  return { verdict, frames, connections, missed, unacked, seconds };
};
