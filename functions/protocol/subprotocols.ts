// Without the schemas of connect-query.ts: a bundle gets all of a file's schemas or none, and `authorize` needs none.

/** The subprotocol that this server speaks, echoed to a client that offers it. */
export const SUBPROTOCOL = "roomcast.v1";

const CLIENT_PREFIX = "client.";

/** The secret that a guest's client made, from the subprotocols (which no access log shows) or else from the query. */
export const clientSecret = (
  query: Readonly<Record<string, string | undefined>>,
  protocols: readonly string[],
): string | undefined =>
  protocols.find((protocol) => protocol.startsWith(CLIENT_PREFIX))?.slice(CLIENT_PREFIX.length) ?? query.client;

/** The subprotocols that an upgrade offers, in the client's order of preference. */
export const offeredProtocols = (headers: Readonly<Record<string, string | undefined>> = {}): string[] => {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === "sec-websocket-protocol");
  return (name && headers[name]?.split(",").map((protocol) => protocol.trim())) || [];
};
