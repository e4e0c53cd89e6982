import type { Draw } from "./draw.ts";
import { hostOf, type OnTheLine, stagePath, type Target } from "./target.ts";

const QUERIES = [
  "",
  "?",
  "?room=lobby",
  "?room=",
  "?room=%",
  "?room=%ff",
  "?room=%00",
  "?room=%ED%A0%80",
  `?room=${"x".repeat(129)}`,
  "?room=a&room=b",
  "?__proto__=1&constructor=2",
  "?name=%F0%9F%92%A5&client=short",
  `?client=${"c".repeat(3_000)}`,
  "?token=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
  `?${"a=1&".repeat(900)}`,
  `?x=${"x".repeat(5_000)}`,
] as const;

const PROTOCOLS = [
  "roomcast.v1",
  "roomcast.v1, roomcast.v1",
  "bearer.a.b.c",
  "client.",
  ",",
  "a b",
  "é",
  `client.${"c".repeat(2_000)}`,
] as const;

/** An upgrade to a WebSocket, with something odd about it, or nothing. */
export const hostileUpgrade = (draw: Draw, target: Target): OnTheLine => {
  const path = draw.chance(0.7)
    ? stagePath(target)
    : draw.oneOf(["/", "/none", "/__proto__", "//", `${stagePath(target)}/x`]);
  const headers = [
    `Host: ${draw.chance(0.9) ? hostOf(target) : draw.oneOf(["elsewhere", "", "[::1", "a b"])}`,
    `Upgrade: ${draw.chance(0.9) ? "websocket" : draw.oneOf(["h2c", "", "websocket, h2c", "WEBSOCKET"])}`,
    `Connection: ${draw.chance(0.9) ? "Upgrade" : draw.oneOf(["keep-alive, Upgrade", "upgrade, close"])}`,
    `Sec-WebSocket-Version: ${draw.chance(0.9) ? "13" : draw.oneOf(["8", "0", "", "13, 8", "x"])}`,
    `Sec-WebSocket-Key: ${draw.chance(0.9) ? draw.bytes(16).toString("base64") : draw.oneOf(["", "x", "=".repeat(24)])}`,
  ];
  if (draw.chance(0.3)) headers.push(`Sec-WebSocket-Protocol: ${draw.oneOf(PROTOCOLS)}`);
  if (draw.chance(0.2)) headers.push("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99");
  if (draw.chance(0.2)) headers.push(`Origin: ${draw.oneOf(["http://elsewhere", "null", "\u00ff"])}`);
  if (draw.chance(0.1))
    headers.push("X-Forwarded-For: 1.2.3.4", "X-Forwarded-For: 5.6.7.8", "X-Amzn-Trace-Id: Root=nonsense");
  if (draw.chance(0.05)) headers.push("Content-Length: 5");
  const method = draw.chance(0.95) ? "GET" : draw.oneOf(["POST", "HEAD", "CONNECT"]);
  const head = `${method} ${path}${draw.oneOf(QUERIES)} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`;
  const bytes = Buffer.from(head, "latin1");
  // Nobody waits for the answer: whatever the authorizer and the route say, the client has left.
  if (draw.chance(0.3)) return { what: "an upgrade, left early", bytes, unfinished: true };
  return { what: "an upgrade", bytes };
};
