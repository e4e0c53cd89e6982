import type { Certificate } from "./certificate.ts";
import { createFrontDoor, type FrontDoorNeeds } from "./front-door.ts";

/** Where the runtime listens. */
export interface Ports {
  /** What the port that clients use is reached at, for example `http://127.0.0.1:3000`. */
  readonly origin: string;
  /**
   * The same over plain HTTP, for what runs on this machine in its name: it needs no certificate then. Another port
   * where the clients' one speaks TLS: a worker thread reads no NODE_EXTRA_CA_CERTS, and a function's code knows
   * nothing of where it runs.
   */
  readonly innerOrigin: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

/**
 * Opens the one port, and beside one with a certificate an inner one.
 * @param port 0 for any that is free
 * @throws Error with one clear line for a port that is not to be had
 */
export const openPorts = async (
  port: number,
  certificate: Certificate | undefined,
  needs: Omit<FrontDoorNeeds, "certificate">,
): Promise<Ports> => {
  const door = createFrontDoor({ ...needs, ...(certificate && { certificate }) });
  const outer = await door.listen(port, HOST);
  if (!certificate) {
    const origin = `http://${HOST}:${outer.port}`;
    return { origin, innerOrigin: origin, close: door.close };
  }
  const innerDoor = createFrontDoor(needs);
  const inner = await innerDoor.listen(0, HOST).catch(async (error: unknown) => {
    await door.close();
    throw error;
  });
  return {
    origin: `https://${HOST}:${outer.port}`,
    innerOrigin: `http://${HOST}:${inner.port}`,
    close: async () => void (await Promise.all([door.close(), innerDoor.close()])),
  };
};
