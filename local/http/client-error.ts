import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** What Node's parser refuses otherwise than as a bad request. */
const statusOf: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/**
 * Answers what is no request, and ends the connection whether its client does or not: the server closes it by no timeout
 * any more, since for its parser there is nothing to wait for.
 */
export const refuseConnection = (socket: Duplex, { code = "" }: { readonly code?: string | undefined } = {}): void => {
  if (!socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${statusOf[code] ?? "400 Bad Request"}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
};

/**
 * Whether it says twice what host it is for: one reader takes the first, another the last. Node refuses all else that can be
 * read in two ways, but this (RFC 9112, 3.2).
 */
export const hasTwoHosts = ({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): boolean => {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i]?.length === 4 && rawHeaders[i]?.toLowerCase() === "host") hosts++;
  return hosts > 1;
};
