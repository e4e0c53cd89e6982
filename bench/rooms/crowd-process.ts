import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Round } from "../crowd.ts";

/** What a room got of one message. Milliseconds count from the moment its frame was sent. */
export interface RoomSeen {
  readonly room: string;
  readonly recipients: number;
  readonly arrived: number;
  readonly ackMs: number;
  readonly firstMs: number;
  readonly medianMs: number;
  readonly lastMs: number;
}

/** What all rooms of a round got. */
export interface RoundSeen {
  readonly rooms: readonly RoomSeen[];
  /** From the first frame sent to the last delivery, in milliseconds. */
  readonly spanMs: number;
  /** Deliveries that came to a socket again, so far. */
  readonly repeats: number;
}

export type Call =
  | { readonly kind: "open"; readonly endpoint: string; readonly members: readonly (readonly string[])[] }
  | { readonly kind: "publish"; readonly round: Round };
export type Reply = { readonly result: unknown } | { readonly error: string };

/** Sockets in a process of their own, so that what they cost is no part of what they measure. */
export interface CrowdProcess {
  readonly connectsPerSecond: number;
  /** @throws Error where a message is not taken */
  publish(round: Round): Promise<RoundSeen>;
  /** Ends the process, and its sockets with it. */
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("crowd-program.ts", import.meta.url));

/**
 * Opens a crowd in a process of its own.
 * @param members the rooms of each
 * @throws Error where a connection is refused
 */
export const startCrowd = async (endpoint: string, members: readonly (readonly string[])[]): Promise<CrowdProcess> => {
  const child = fork(program, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const call = async <Result>(what: Call): Promise<Result> => {
    child.send(what);
    const died = ended.then(() => [{ error: "The process of the sockets has ended" }]);
    const [reply] = (await Promise.race([once(child, "message"), died])) as [Reply];
    if ("error" in reply) throw new Error(reply.error);
    return reply.result as Result;
  };
  const stop = async () => {
    child.kill();
    await ended;
  };
  try {
    const { connectsPerSecond } = await call<{ connectsPerSecond: number }>({ kind: "open", endpoint, members });
    return { connectsPerSecond, publish: (round) => call({ kind: "publish", round }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
