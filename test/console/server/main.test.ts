import { afterAll, beforeAll, expect, test } from "vitest";
import { startRoomcast } from "../../support/roomcast.ts";
import { ask, change } from "./ask.ts";

let roomcast: Awaited<ReturnType<typeof startRoomcast>>;
beforeAll(async () => {
  roomcast = await startRoomcast();
});
afterAll(() => roomcast.stop());

const get = (path: string, headers = {}) => ask(roomcast.origin, path, { headers });
const put = (json: unknown, headers = {}) =>
  ask(roomcast.origin, "/console/api/faults", {
    method: "PUT",
    headers: { origin: roomcast.origin, "content-type": "application/json", ...headers },
    json,
  });
const FAULT = { name: "bus.delay", when: null };

test.each([
  "/console",
  "/console/messages/01K",
  "/console/rooms/caf%C3%A9",
  "/console/rooms/v1.2",
  "/console/dead-letters",
  "/console/faults",
])("%s is the page", async (path) => {
  const { status, headers, body } = await get(path);
  expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(body).toContain("<title>Roomcast console</title>");
});

test("the page loads files of its own only, under names that change with them, and keeps them for ever", async () => {
  const { headers, body } = await get("/console");
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringMatching(
      /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/,
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
  });
  const files = [...body.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
  expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/^\/console\/main-\w+\.js$/)]));
  for (const path of files) {
    const file = await get(path, { "accept-encoding": "gzip" });
    expect(file).toMatchObject({
      status: 200,
      headers: { "cache-control": expect.stringContaining("immutable"), "content-encoding": "gzip" },
    });
    expect((await get(path, { "if-none-match": file.headers.etag })).status).toBe(304);
  }
});

test("a file that there is not is not the page", async () => {
  expect(await get("/console/other.js")).toMatchObject({ status: 404 });
});

test.each([
  ["a page whose name was pointed at this machine", { host: "evil.example:80" }],
  ["another port of this machine", { host: "127.0.0.1:1" }],
])("%s gets nothing", async (_who, headers) => {
  expect(await get("/console", headers)).toMatchObject({ status: 403 });
  const { status, body } = await get("/console/api/messages", headers);
  expect([status, JSON.parse(body).message]).toEqual([
    403,
    expect.stringMatching(/^The console answers at 127\.0\.0\.1:/),
  ]);
});

test.each([
  ["says that it is another site", { "sec-fetch-site": "cross-site" }],
  ["says that it is another port of this machine", { "sec-fetch-site": "same-site" }],
  ["has another origin", { origin: "https://evil.example" }],
  ["has an opaque origin, as a frame or a file", { origin: "null" }],
])("who %s reads nothing and changes nothing", async (_what, headers) => {
  const refused = { status: 403, body: '{"message":"Other sites may not ask the console."}' };
  expect(await get("/console/api/messages", headers)).toMatchObject(refused);
  expect(await get("/console/api/live", headers)).toMatchObject(refused);
  expect(await put(FAULT, headers)).toMatchObject(refused);
});

test.each([
  ["a form's", { "content-type": "application/x-www-form-urlencoded" }],
  ["text", { "content-type": "text/plain" }],
])("a change that is %s, which another site may send unasked, is refused", async (_what, headers) => {
  const { status, body } = await put(FAULT, headers);
  expect([status, JSON.parse(body).message]).toEqual([403, expect.stringContaining("is JSON")]);
});

test("a change without an origin is refused, and told which to name", async () => {
  const { status, body } = await ask(roomcast.origin, "/console/api/faults", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    json: FAULT,
  });
  expect([status, JSON.parse(body).message]).toEqual([403, expect.stringContaining(`origin: ${roomcast.origin}`)]);
});

test("nobody else is told that they may ask: a preflight gets no permission", async () => {
  const { status, headers } = await ask(roomcast.origin, "/console/api/faults", {
    method: "OPTIONS",
    headers: { origin: "https://evil.example", "access-control-request-method": "PUT" },
  });
  expect(status).toBe(403);
  expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test.each([
  ["under this machine's name", "localhost"],
  ["under its number", "127.0.0.1"],
])("the page itself reads and changes, %s", async (_what, name) => {
  const { port } = new URL(roomcast.origin);
  const own = { host: `${name}:${port}`, origin: `http://${name}:${port}`, "sec-fetch-site": "same-origin" };
  expect(await get("/console/api/messages", own)).toMatchObject({ status: 200, body: "[]" });
  expect(await put(FAULT, own)).toMatchObject({ status: 200 });
});

test.each([
  [
    "a path that is nowhere",
    "GET",
    "/console/api/nowhere",
    undefined,
    404,
    "There is nothing at /console/api/nowhere.",
  ],
  ["another method", "POST", "/console/api/faults", {}, 405, "/console/api/faults takes PUT."],
  [
    "a limit that is none",
    "GET",
    "/console/api/messages?limit=0",
    undefined,
    400,
    "limit is a whole number from 1 on.",
  ],
  ["a fault that there is not", "PUT", "/console/api/faults", { name: "no", when: null }, 400, "There is no fault no."],
  ["a body that is not of the shape", "PUT", "/console/api/faults", { name: "bus.delay" }, 400, "when: "],
  [
    "a fault that is decided at the start",
    "PUT",
    "/console/api/faults",
    { name: "index.lag", when: "5ms" },
    409,
    "index.lag is decided at the start",
  ],
  [
    "an occasion that is none",
    "PUT",
    "/console/api/faults",
    { name: "bus.delay", when: "often" },
    400,
    '"bus.delay=often" in the faults: it is a share',
  ],
  [
    "a message that is not known",
    "GET",
    "/console/api/messages/01NOBODY",
    undefined,
    404,
    "The message 01NOBODY is not",
  ],
])("%s is refused in a sentence", async (_what, method, path, json, status, message) => {
  const answer = await change(roomcast.origin, method, path, json);
  expect([answer.status, JSON.parse(answer.body).message]).toEqual([status, expect.stringContaining(message)]);
});
