import { afterEach, expect, test } from "vitest";
import { openPorts, type Ports } from "../../../local/http/ports.ts";
import { doorNeeds, send } from "./door-builder.ts";

let ports: Ports;
afterEach(() => ports.close());

const portOf = (origin: string) => Number(new URL(origin).port);

const open = async (host?: string) => {
  const { needs } = doorNeeds({
    pages: ({ url }, response) => url === "/console" && Boolean(response.end("the console")),
    site: ({ url }, response) => url === "/" && Boolean(response.end("the stack's site")),
  });
  ports = await openPorts(0, undefined, needs, host);
  return ports;
};

const statusOf = async (origin: string, path: string) => (await send(portOf(origin), { path })).status;

test("nobody but this machine reaches the one port, unless told otherwise: it has everything", async () => {
  const { origin, innerOrigin, pagesOrigin } = await open();
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect([innerOrigin, pagesOrigin]).toEqual([origin, origin]);
  expect([await statusOf(origin, "/console"), await statusOf(origin, "/")]).toEqual([200, 200]);
});

test("a port that others reach has the stack's site and no pages; those are on one of this machine's own", async () => {
  const { origin, innerOrigin, pagesOrigin } = await open("0.0.0.0");
  expect(await statusOf(origin, "/healthz")).toBe(200);
  expect([await statusOf(origin, "/console"), await statusOf(origin, "/")]).toEqual([404, 200]);
  expect(pagesOrigin).toBe(innerOrigin);
  expect(innerOrigin).toMatch(/^http:\/\/127\.0\.0\.1:/);
  expect(portOf(innerOrigin)).not.toBe(portOf(origin));
  expect(await statusOf(innerOrigin, "/console")).toBe(200);
});

test("what runs here in the runtime's name reaches it at 127.0.0.1, whatever other name of this machine clients use", async () => {
  const { origin, innerOrigin, pagesOrigin } = await open("localhost");
  expect(origin).toMatch(/^http:\/\/localhost:/);
  expect(pagesOrigin).toBe(origin);
  expect(await statusOf(innerOrigin, "/healthz")).toBe(200);
});

test("an address that is not this machine's is named in one line", async () => {
  await open();
  const { needs } = doorNeeds();
  await expect(openPorts(0, undefined, needs, "192.0.2.1")).rejects.toThrow(
    "192.0.2.1 is not an address of this machine",
  );
});
