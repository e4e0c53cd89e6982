import type { tablesClient } from "../aws/clients.ts";
import { type Person, type PersonsConnection, peopleTable } from "../aws/people.ts";
import { ENVIRONMENT } from "../contracts/environment.ts";
import { required, requiredNumber } from "./environment.ts";

/** Why somebody may not connect. */
export interface Turned {
  readonly statusCode: 403 | 429;
  readonly reason: string;
}

interface Needs {
  readonly countIn: (identity: string, connection: PersonsConnection) => Promise<void>;
  readonly countOut: (identity: string, connectionId: string) => Promise<void>;
  readonly personOf: (identity: string, now: number) => Promise<Person>;
  readonly connectionsPerIdentity: number;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** Lets people connect, or turns them away. */
export interface Admission {
  /** Counts a connection in. @returns undefined where it may stay: else it is not counted any more */
  readonly admit: (identity: string, connection: PersonsConnection) => Promise<Turned | undefined>;
  /** Counts one out that has ended, or has failed to begin. */
  readonly countOut: (identity: string, connectionId: string) => Promise<void>;
}

/**
 * The connection is written before the others are read, and they are read with strong consistency: of several at once
 * none then slips past the limit, and whoever bars somebody meanwhile either finds this connection or is found.
 */
export const admission = ({ countIn, countOut, personOf, connectionsPerIdentity, now }: Needs): Admission => ({
  admit: async (identity, connection) => {
    await countIn(identity, connection);
    const turned = whyNot(await personOf(identity, now()), connectionsPerIdentity, now());
    if (turned) await countOut(identity, connection.connectionId);
    return turned;
  },
  countOut,
});

const whyNot = ({ barredUntil, connections }: Person, limit: number, now: number): Turned | undefined => {
  if (barredUntil * 1000 > now)
    return { statusCode: 403, reason: `Barred until ${new Date(barredUntil * 1000).toISOString()}.` };
  if (connections.length > limit) return { statusCode: 429, reason: `${limit} connections are all that one may have.` };
  return undefined;
};

/** `Admission`, as the environment has it. */
export const admissions = (client: ReturnType<typeof tablesClient>): Admission =>
  admission({
    ...peopleTable(client, required(ENVIRONMENT.peopleTable)),
    connectionsPerIdentity: requiredNumber(ENVIRONMENT.connectionsPerIdentity),
    now: Date.now,
  });
