import { setTimeout as pause } from "node:timers/promises";
import type { EventBridgeEvent } from "aws-lambda";
import { eventBus } from "./aws/bus.ts";
import { tablesClient } from "./aws/clients.ts";
import { ending } from "./aws/ending.ts";
import { type Person, type PersonsConnection, peopleTable } from "./aws/people.ts";
import { ENVIRONMENT } from "./contracts/environment.ts";
import {
  KICK_REFUSED,
  type KICK_REQUESTED,
  KICKED,
  type Kicked,
  type KickRefused,
  type PutByFunctions,
} from "./contracts/events.ts";
import { readKick } from "./protocol/kick-requested.ts";
import { required } from "./runtime/environment.ts";
import { type Observation, observed } from "./runtime/observe.ts";

type Requested = Pick<EventBridgeEvent<typeof KICK_REQUESTED, unknown>, "id" | "detail">;

interface Needs {
  readonly bar: (identity: string, until: number) => Promise<void>;
  readonly personOf: (identity: string, now: number) => Promise<Person>;
  readonly countOut: (identity: string, connectionId: string) => Promise<void>;
  /** @returns false where there is no such connection */
  readonly endConnection: (connectionId: string) => Promise<boolean>;
  readonly put: <Type extends keyof PutByFunctions>(detailType: Type, detail: PutByFunctions[Type]) => Promise<void>;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/**
 * How old a connection is that must have come to exist, if ever: API Gateway waits 29 s for `$connect`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
const CONNECTED_MS = 30_000;
const PAUSE_MS = 1_000;
/** API Gateway throttles these calls with the posts of all rooms. */
const AT_ONCE = 10;

/**
 * Bars somebody, and ends their connections. The ban is written before the connections are read, and `$connect` writes
 * its connection before it reads the ban, so whoever connects meanwhile is seen by one of the two. It may be repeated.
 * @returns what is also put on the bus: `Kicked`, or `KickRefused` for a request that is wrong
 * @throws what the services throw; Lambda then tries it again
 */
export const kickRequested =
  (needs: Needs) =>
  async ({ id: request, detail }: Requested, observe: Observation): Promise<Kicked | KickRefused> => {
    const read = readKick(detail);
    if ("wrong" in read) {
      const refused = { request, reason: read.wrong };
      observe.log.info("Refused.", refused);
      await needs.put(KICK_REFUSED, refused);
      return refused;
    }
    const { identity, seconds, reason } = read.asked;
    const until = seconds === 0 ? 0 : Math.floor(needs.now() / 1000) + seconds;
    await needs.bar(identity, until);
    const kicked = { identity, connections: await endAll(needs, identity), until };
    observe.log.info("Kicked.", { ...kicked, reason });
    await needs.put(KICKED, kicked);
    return kicked;
  };

/** Ends the connections that somebody has now. @returns how many there were to end */
const endAll = async (needs: Needs, identity: string): Promise<number> => {
  const { personOf, pause, now } = needs;
  let ended = 0;
  let { connections } = await personOf(identity, now());
  for (;;) {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < connections.length; from += AT_ONCE)
      outcomes.push(
        ...(await Promise.all(connections.slice(from, from + AT_ONCE).map((each) => end(needs, identity, each)))),
      );
    ended += outcomes.filter((outcome) => outcome === "ended").length;
    const early = connections.filter((_, index) => outcomes[index] === "not there yet");
    if (early.length === 0) return ended;
    await pause(PAUSE_MS);
    // One whose `$connect` has seen the ban meanwhile is among them no more.
    const there = new Set((await personOf(identity, now())).connections.map(({ connectionId }) => connectionId));
    connections = early.filter(({ connectionId }) => there.has(connectionId));
  }
};

type Outcome = "ended" | "gone" | "not there yet";

const end = async (
  { endConnection, countOut, now }: Needs,
  identity: string,
  { connectionId, connectedAt }: PersonsConnection,
): Promise<Outcome> => {
  const ended = await endConnection(connectionId);
  if (!ended && now() - connectedAt < CONNECTED_MS) return "not there yet";
  // Its `$disconnect` does this too, if API Gateway runs it.
  await countOut(identity, connectionId);
  return ended ? "ended" : "gone";
};

export const handler = observed(kickRequested, () => ({
  ...peopleTable(tablesClient(), required(ENVIRONMENT.peopleTable)),
  ...eventBus(required(ENVIRONMENT.eventBus)),
  ...ending(),
  pause,
  now: Date.now,
}));
