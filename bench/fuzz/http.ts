import type { Draw } from "./draw.ts";
import { hostOf, type OnTheLine, stagePath, type Target } from "./target.ts";

/**
 * Two readings of one request, which a proxy and a server could understand differently (RFC 9112, 11.2): each ends
 * with a second request that must not be answered as one.
 */
export const smuggling = (draw: Draw, target: Target): OnTheLine => {
  const host = `Host: ${hostOf(target)}`;
  const hidden = `GET /healthz HTTP/1.1\r\n${host}\r\n\r\n`;
  const post = (headers: string, body = hidden) => `POST /healthz HTTP/1.1\r\n${host}\r\n${headers}\r\n\r\n${body}`;
  const text = draw.oneOf([
    post("Content-Length: 3\r\nContent-Length: 40"),
    post("Content-Length: 3\r\nTransfer-Encoding: chunked", `0\r\n\r\n${hidden}`),
    post("Transfer-Encoding: chunked\r\nContent-Length: 3", `0\r\n\r\n${hidden}`),
    post("Transfer-Encoding: xchunked"),
    post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", `0\r\n\r\n${hidden}`),
    post("Transfer-Encoding : chunked", `0\r\n\r\n${hidden}`),
    post("Transfer-Encoding:\r\n chunked", `0\r\n\r\n${hidden}`),
    post("Transfer-Encoding:\u000bchunked", `0\r\n\r\n${hidden}`),
    post("Content-Length: +3"),
    post("Content-Length: -1"),
    post("Content-Length: 0x3"),
    post("Content-Length: 99999999999999999999"),
    post("Transfer-Encoding: chunked", `3\nabc\r\n0\r\n\r\n${hidden}`),
    post("Transfer-Encoding: chunked", `fffffffffffffffff\r\nabc\r\n0\r\n\r\n${hidden}`),
    post("Transfer-Encoding: chunked", `3;a="\r\nabc\r\n0\r\n\r\n${hidden}`),
    post(`X: a\n${host}`),
    post(`X: a\r${host}`),
    post(`X: a\r\n folded: b\r\n${host}`),
    post("Host: elsewhere"),
    post("X: \u0000"),
    `GET /healthz HTTP/1.1\n${host}\n\n${hidden}`,
    `GET /healthz HTTP/1.1\r\n ${host}\r\n\r\n${hidden}`,
    "GET /healthz HTTP/1.1\r\n\r\n",
  ]);
  return { what: "smuggling", bytes: Buffer.from(text, "latin1") };
};

/** Requests that are none, or odd. */
export const oddRequest = (draw: Draw, target: Target): OnTheLine => {
  const host = `Host: ${hostOf(target)}`;
  const get = (path: string, headers = "") => `GET ${path} HTTP/1.1\r\n${host}\r\n${headers}Connection: close\r\n\r\n`;
  const text = draw.oneOf<() => string>([
    () => `${draw.bytes(draw.whole(4, 400)).toString("latin1")}\r\n\r\n`,
    () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    () => "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
    () => get("/".repeat(draw.whole(1, 20_000))),
    () => get(draw.oneOf(PATHS)),
    () => get(stagePath(target) + draw.oneOf(PATHS)),
    () => get("/", `X: ${"x".repeat(draw.oneOf([15_000, 17_000]))}\r\n`),
    () => get("/", Array.from({ length: draw.oneOf([100, 3_000]) }, (_, n) => `X${n}:\r\n`).join("")),
    () => get("http://elsewhere/console"),
    () => get("/console/api/faults", draw.oneOf(["Origin: http://elsewhere\r\n", "Sec-Fetch-Site: cross-site\r\n"])),
    () => `CONNECT elsewhere:80 HTTP/1.1\r\n${host}\r\n\r\n`,
    () => `OPTIONS * HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
    () => `PUT /console/api/faults HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
    () => `POST / HTTP/1.1\r\n${host}\r\nExpect: nonsense\r\nContent-Length: 1\r\n\r\na`,
  ])();
  return { what: "an odd request", bytes: Buffer.from(text, "latin1") };
};

/** Requests that never end. */
export const slowRequest = (draw: Draw, target: Target): OnTheLine => {
  const head = `POST / HTTP/1.1\r\nHost: ${hostOf(target)}\r\nX-Amz-Target: DynamoDB_20120810.Query\r\n`;
  const text = draw.oneOf([
    "",
    head.slice(0, draw.whole(1, head.length)),
    `${head}Content-Length: 16000000\r\n\r\n${"x".repeat(draw.whole(0, 60_000))}`,
    `${head}Transfer-Encoding: chunked\r\n\r\nffff\r\n${"x".repeat(draw.whole(0, 60_000))}`,
  ]);
  return { what: "a request without an end", bytes: Buffer.from(text, "latin1"), unfinished: true };
};

const PATHS = [
  "/../../etc/passwd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/console/../../package.json",
  "/console/%2e%2e%2f%2e%2e%2fpackage.json",
  "/console/%00",
  "/console/%",
  "/console/api/messages?after=%ff&limit=1e400",
  "/console/api/__proto__",
  "//elsewhere/console",
  "/\\elsewhere",
  "/__proto__",
  "/constructor/",
  "/?X-Amz-Signature=",
  "/healthz/",
  "/;/?#",
] as const;
