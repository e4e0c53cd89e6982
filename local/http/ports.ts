import { isIPv6 } from "node:net";
import type { Certificate } from "./certificate.ts";
import { createFrontDoor, type FrontDoorNeeds } from "./front-door.ts";

/** Where the runtime listens. */
export interface Ports {
  /** What the port that clients use is reached at, for example `http://127.0.0.1:3000`. */
  readonly origin: string;
  /**
   * The same over plain HTTP, for what runs on this machine in its name: it needs no certificate then. Another port
   * where the clients' one speaks TLS: a worker thread reads no NODE_EXTRA_CA_CERTS, and a function's code knows
   * nothing of where it runs. So too where the clients' one is not on 127.0.0.1.
   */
  readonly innerOrigin: string;
  /** Where the pages are: the clients' port only while nobody but this machine reaches it. */
  readonly pagesOrigin: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

/** Addresses that only this machine reaches. */
const LOOPBACK = [HOST, "::1", "localhost"];

/**
 * Opens the one port, and beside one with a certificate, or on another address than 127.0.0.1, an inner one there. A
 * port that others reach has no pages but the stack's own site: the console asks for no password.
 * @param port 0 for any that is free
 * @param host the address that clients reach it at
 * @throws Error with one clear line for a port or an address that is not to be had
 */
export const openPorts = async (
  port: number,
  certificate: Certificate | undefined,
  needs: Omit<FrontDoorNeeds, "certificate">,
  host = HOST,
): Promise<Ports> => {
  const isOurs = LOOPBACK.includes(host);
  const served = isOurs ? needs : { ...needs, pages: () => false };
  const door = createFrontDoor({ ...served, ...(certificate && { certificate }) });
  const outer = await door.listen(port, host);
  const origin = `${certificate ? "https" : "http"}://${isIPv6(host) ? `[${host}]` : host}:${outer.port}`;
  if (!certificate && host === HOST) return { origin, innerOrigin: origin, pagesOrigin: origin, close: door.close };
  const innerDoor = createFrontDoor(needs);
  const inner = await innerDoor.listen(0, HOST).catch(async (error: unknown) => {
    await door.close();
    throw error;
  });
  const innerOrigin = `http://${HOST}:${inner.port}`;
  return {
    origin,
    innerOrigin,
    pagesOrigin: isOurs ? origin : innerOrigin,
    close: async () => void (await Promise.all([door.close(), innerDoor.close()])),
  };
};
