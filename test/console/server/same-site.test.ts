import { expect, test } from "vitest";
import { apiRefusal, pageRefusal, type Sent } from "../../../console/server/same-site.ts";

/** The page asks for something at port 3000. */
const sent = (headers: Record<string, string>, more: Partial<Sent> = {}): Sent => ({
  method: "GET",
  headers: { host: "127.0.0.1:3000", ...headers },
  port: 3000,
  tls: false,
  ...more,
});
const OTHERS = "Other sites may not ask the console.";

test.each(["127.0.0.1:3000", "localhost:3000", "[::1]:3000"])("%s is this machine", (host) => {
  expect(pageRefusal(sent({ host }))).toBeUndefined();
  expect(apiRefusal(sent({ host, origin: `http://${host}` }))).toBeUndefined();
});

test.each(["localhost", "localhost:3001", "localhost.evil.example:3000", "evil.example:3000", ""])(
  "%j is not",
  (host) => {
    expect(pageRefusal(sent({ host }))).toContain("localhost:3000 only");
  },
);

test("the usual port is left out of Host and Origin", () => {
  expect(apiRefusal(sent({ host: "localhost", origin: "http://localhost" }, { port: 80 }))).toBeUndefined();
  expect(
    apiRefusal(sent({ host: "localhost", origin: "https://localhost" }, { port: 443, tls: true })),
  ).toBeUndefined();
});

test("with TLS the origin is https, and the same without TLS is another", () => {
  expect(apiRefusal(sent({ origin: "https://127.0.0.1:3000" }, { tls: true }))).toBeUndefined();
  expect(apiRefusal(sent({ origin: "http://127.0.0.1:3000" }, { tls: true }))).toBe(OTHERS);
});

test("an address that was typed is read, and changes nothing", () => {
  expect(apiRefusal(sent({ "sec-fetch-site": "none" }))).toBeUndefined();
  expect(apiRefusal(sent({ "sec-fetch-site": "none" }, { method: "PUT" }))).toBe(OTHERS);
});
