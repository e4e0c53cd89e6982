import { inTurns } from "../turns.ts";
import { awsCall, managementCall } from "./aws-calls.ts";
import { createDraw, type Draw } from "./draw.ts";
import { exchange } from "./exchange.ts";
import { hostileFrame } from "./frames.ts";
import { createHostileClient, type HostileClient } from "./hostile-client.ts";
import { oddRequest, slowRequest, smuggling } from "./http.ts";
import type { OnTheLine, Target } from "./target.ts";
import { hostileUpgrade } from "./upgrades.ts";
import { hostileWire } from "./wire.ts";

export interface Attack {
  readonly target: Target;
  readonly seed: number;
  /** The number of the first piece. */
  readonly first: number;
  readonly pieces: number;
}

/** What became of the pieces. */
export interface Attacked {
  /** WebSocket frames and HTTP requests: a piece is one, or a flood of them. */
  readonly sent: number;
  /** How many ended how, as `smuggling: 400`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** What no input may lead to, each with its piece; the first of them. */
  readonly faults: readonly string[];
  readonly faultCount: number;
}

/** Hostile clients at once, each with a connection. */
const CLIENTS = 24;
const FAULTS_TOLD = 20;
/** Upgrades of a flood: nobody waits for their answers. */
const FLOOD = 50;

/** Throws pieces of hostile input at a runtime. */
export const attack = async ({ target, seed, first, pieces }: Attack): Promise<Attacked> => {
  const outcomes: Record<string, number> = {};
  const faults: string[] = [];
  let faultCount = 0;
  let sent = 0;
  const fault = (what: string) => {
    faultCount++;
    if (faults.length < FAULTS_TOLD) faults.push(what);
  };
  const count = (outcome: string) => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };
  const onTheLine = async (piece: number, one: OnTheLine) => {
    sent += 1;
    const how = await exchange(one, target.endpoint);
    if (!isAllowed(one.what, how)) fault(`piece ${piece}, ${one.what}: ${how}`);
    return `${one.what}: ${how}`;
  };
  const flood = async (piece: number, draw: Draw) => {
    const upgrades = Array.from({ length: FLOOD }, () => ({ ...hostileUpgrade(draw, target), unfinished: true }));
    await Promise.all(upgrades.map((one) => onTheLine(piece, one)));
    return "a flood of upgrades: left";
  };

  const one = async (piece: number, client: HostileClient): Promise<string> => {
    const draw = createDraw(seed, piece);
    const kind = draw.whole(1, 1000);
    if (kind <= 400) {
      const text = hostileFrame(draw);
      sent += 1;
      const how = await client.frame(text);
      // No text frame of 32 KB or less ends a connection.
      if (how !== "sent") fault(`piece ${piece} or one of the seven before: ${how} after ${text.slice(0, 200)}`);
      return `a frame: ${how}`;
    }
    if (kind <= 415) {
      const wire = hostileWire(draw);
      sent += wire.frames ?? 1;
      const how = await client.wire(wire);
      if (how === "no sign of life") fault(`piece ${piece}, ${wire.what}: ${how}`);
      return `${wire.what}: ${how}`;
    }
    if (kind <= 660) return onTheLine(piece, awsCall(draw, target));
    if (kind <= 790) return onTheLine(piece, managementCall(draw, target));
    if (kind <= 880) return onTheLine(piece, smuggling(draw, target));
    if (kind <= 955) return onTheLine(piece, oddRequest(draw, target));
    if (kind <= 970) return onTheLine(piece, slowRequest(draw, target));
    if (kind <= 999) return onTheLine(piece, hostileUpgrade(draw, target));
    return flood(piece, draw);
  };

  let next = first;
  await inTurns(CLIENTS, CLIENTS, async (index) => {
    const client = createHostileClient({
      url: () => `${target.endpoint}?room=${encodeURIComponent(`fuzz ${1 + (index % 5)}`)}`,
      failedInside: () => count("a frame: failed inside, or not in time"),
    });
    while (next < first + pieces) {
      const piece = next++;
      try {
        count(await one(piece, client));
      } catch (error) {
        // A connection that was refused: on a machine that is busy a function may not end in time.
        count(`not tried: ${(error as Error).message}`);
      }
    }
    client.leave();
  });
  return { sent, outcomes, faults, faultCount };
};

/**
 * What may become of a request: an upgrade whose function fails, or does not end in time, is a 5xx, and the runtime's
 * log tells which. A request with two readings gets no answer to either.
 */
const isAllowed = (what: string, how: string): boolean => {
  if (what === "an upgrade" && /^50[024]$/.test(how)) return true;
  if (how === "no answer" || how === "no HTTP" || /^5/.test(how)) return false;
  // 403 and 404 are answers to the first of the two, which may not be or leads nowhere; the second one's would be a 200.
  return what !== "smuggling" || ["400", "403", "404", "closed"].includes(how);
};
