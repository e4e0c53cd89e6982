import { once } from "node:events";
import { createConnection } from "node:net";
import { afterEach, expect, test } from "vitest";
import { claim, echo, openDoor, send, webSockets } from "./door-builder.ts";

let door: Awaited<ReturnType<typeof openDoor>>;
const upgrades: string[] = [];
afterEach(async () => {
  // Whatever came, the door is still open.
  expect(await send(door.port, { path: "/healthz" })).toMatchObject({ status: 200 });
  await door.close();
});

const open = async () => {
  upgrades.length = 0;
  const upgrade: Parameters<typeof webSockets>[0] = {
    upgrade: ({ url = "" }, socket) => {
      upgrades.push(url);
      socket.end("HTTP/1.1 418 Teapot\r\n\r\n");
    },
  };
  door = await openDoor({ services: [echo("dynamodb", "DynamoDB_20120810")], webSockets: webSockets(upgrade) });
};

/** Writes these bytes and never ends its side. @returns all that comes until the server has ended both */
const answerTo = async (bytes: string): Promise<string> => {
  const socket = createConnection({ port: door.port, host: "127.0.0.1", allowHalfOpen: true });
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  socket.on("error", () => {});
  const gone = new Promise((resolve) => socket.once("close", resolve));
  // A server that had only ended its own half would take this; one that is gone resets the connection.
  socket.once("end", () => {
    const again = setInterval(() => socket.write("still here"), 10);
    socket.once("close", () => clearInterval(again));
  });
  socket.write(bytes, "latin1");
  await gone;
  return answer;
};

const post = (headers: string, body = "") =>
  `POST /healthz HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`;

test.each([
  ["two lengths", post("Content-Length: 3\r\nContent-Length: 40")],
  ["the same length twice", post("Content-Length: 3\r\nContent-Length: 3", "abc")],
  ["chunks and a length", post("Transfer-Encoding: chunked\r\nContent-Length: 3", "0\r\n\r\n")],
  ["a length and chunks", post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n")],
  ["an encoding that nobody knows", post("Transfer-Encoding: xchunked")],
  ["a second encoding", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n")],
  ["a length with a sign", post("Content-Length: +3", "abc")],
  ["a length that is no number a machine has", post("Content-Length: 99999999999999999999")],
  ["a bare LF at a header's end", post("X: a\nHost: y")],
  ["a bare LF after a chunk's size", post("Transfer-Encoding: chunked", "3\nabc\r\n0\r\n\r\n")],
  ["a bare CR", post("X: a\rHost: y")],
  ["a header over two lines", post("X: a\r\n b")],
  ["a space before the colon", post("Content-Length : 3", "abc")],
  ["two hosts", post("Host: elsewhere")],
  ["two hosts, in an upgrade", post("Host: elsewhere\r\nConnection: upgrade\r\nUpgrade: websocket")],
  ["nonsense", "\u0016\u0003\u0001nonsense\r\n\r\n"],
])(
  "a request with %s is refused, what follows it is not taken for another, and its connection ends",
  async (_what, bytes) => {
    await open();
    // A path that is nowhere is said to be before its body is read.
    expect(await answerTo(bytes)).toMatch(
      /^(HTTP\/1\.1 404 .*})?HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/s,
    );
    expect(upgrades).toEqual([]);
  },
);

test.each([
  ["that is not signed", { "x-amz-target": "DynamoDB_20120810.Query" }, "MissingAuthenticationToken"],
  [
    "of a key that nobody has",
    { ...claim(), authorization: claim().authorization!.replace("operator", "stranger") },
    "UnrecognizedClient",
  ],
  ["of last year", { ...claim(), "x-amz-date": "20200101T000000Z" }, "InvalidSignature"],
])("a call %s is refused before its body has come", async (_what, headers, name) => {
  await open();
  const socket = createConnection(door.port, "127.0.0.1");
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\r\n`);
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${lines.join("")}Content-Length: 16000000\r\n\r\nthe beginning`);
  const [answer] = await once(socket, "data");
  expect(String(answer)).toContain(`"__type":"${name}Exception"`);
  socket.destroy();
});
