import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Abuse, Abused } from "./abuse/abusers.ts";
import type { ChaosLoad, ChaosSeen } from "./chaos/load.ts";
import type { Attack, Attacked } from "./fuzz/attack.ts";
import type { InTurn, SeenInTurn } from "./in-turn.ts";
import type { Latencies, OneByOne } from "./one-by-one.ts";
import type { Load, Seen } from "./room-load.ts";
import type { PlainPosts, PlainSeen } from "./rooms/plain-posts.ts";

const program = fileURLToPath(new URL("load.ts", import.meta.url));

const inProcess =
  <What, Saw>(which: string) =>
  async (what: What): Promise<Saw> => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, which, JSON.stringify(what)]);
    return JSON.parse(stdout);
  };

/** The loads, each in a process of its own, so that what it costs is no part of what it measures. */
export const roomLoad = inProcess<Load, Seen>("a room");
export const oneByOne = inProcess<OneByOne, Latencies>("one by one");
export const inTurn = inProcess<InTurn, SeenInTurn>("in turn");
export const chaosLoad = inProcess<ChaosLoad, ChaosSeen>("chaos");
export const plainLoad = inProcess<PlainPosts, PlainSeen>("plain posts");
export const attackLoad = inProcess<Attack, Attacked>("an attack");
export const abuseLoad = inProcess<Abuse, Abused>("abuse");
