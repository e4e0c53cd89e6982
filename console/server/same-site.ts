import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";

/** What a request says of where it comes from, and the door that it came through. */
export interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly port: number;
  readonly tls: boolean;
}

/** The names of this machine to itself. */
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The origin that a request was sent to, if it is one of ours. Any other name in `Host` is a page whose name was
 * pointed at this machine (DNS rebinding), for which the browser takes us for the page's own site.
 */
const ownOrigin = ({ headers, port, tls }: Sent): string | undefined => {
  const [scheme, usual] = tls ? ["https", 443] : ["http", 80];
  const hosts = LOOPBACK.flatMap((name) => [`${name}:${port}`, ...(port === usual ? [name] : [])]);
  return hosts.find((host) => host === headers.host) && `${scheme}://${headers.host}`;
};

/** Whether a request only reads. */
export const reads = (method: string): boolean => method === "GET" || method === "HEAD";

/**
 * Why a request for a page is refused; undefined for one that is not. Another site may link to the page, but not be
 * it.
 */
export const pageRefusal = (sent: Sent): string | undefined =>
  ownOrigin(sent) === undefined
    ? `The console answers at ${LOOPBACK[0]}:${sent.port} and localhost:${sent.port} only.`
    : undefined;

/**
 * Why a request to the API is refused. Browsers say which site a request is from in `Origin`, always where it may
 * change something, and in `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/). What changes something has to name
 * our origin, and be JSON, for which another site would have to ask first and is not answered.
 */
export const apiRefusal = (sent: Sent): string | undefined => {
  const { method, headers } = sent;
  const wrongHost = pageRefusal(sent);
  if (wrongHost) return wrongHost;
  const site = headers["sec-fetch-site"] ?? "same-origin";
  if (site !== "same-origin" && !(site === "none" && reads(method))) return "Other sites may not ask the console.";
  if (headers.origin !== undefined && headers.origin !== ownOrigin(sent)) return "Other sites may not ask the console.";
  if (reads(method)) return undefined;
  if (headers.origin === undefined) return `What changes something names its origin: "origin: ${ownOrigin(sent)}".`;
  if (!/^application\/json(?:;|$)/i.test(String(headers["content-type"])))
    return 'What changes something is JSON: "content-type: application/json".';
  return undefined;
};

/** What both are asked about. */
export const sentBy = ({ method = "GET", headers, socket }: IncomingMessage): Sent => ({
  method,
  headers,
  port: socket.localPort ?? 0,
  tls: (socket as TLSSocket).encrypted === true,
});
