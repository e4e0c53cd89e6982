import { type Headers, headerOf } from "./headers.ts";

// Without the schemas of connect-query.ts: a bundle gets all of a file's schemas or none, and `authorize` needs none.

/** The subprotocol that this server speaks, echoed to a client that offers it. */
export const SUBPROTOCOL = "roomcast.v1";

/** The query of an upgrade. */
export type Query = Readonly<Record<string, string | undefined>>;

/** What a client says in a subprotocol (which no access log shows), or else in the query. */
const said =
  (prefix: string, parameter: string) =>
  (query: Query, protocols: readonly string[]): string | undefined =>
    protocols.find((protocol) => protocol.startsWith(prefix))?.slice(prefix.length) ?? query[parameter];

/** The secret that a guest's client made. */
export const clientSecret = said("client.", "client");

/** The token of somebody who is known to the issuer of tokens. */
export const bearerToken = said("bearer.", "token");

/** The subprotocols that an upgrade offers, in the client's order of preference. */
export const offeredProtocols = (headers: Headers | null | undefined): string[] =>
  headerOf(headers, "sec-websocket-protocol")
    ?.split(",")
    .map((protocol) => protocol.trim()) ?? [];
