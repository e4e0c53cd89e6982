import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

const sentences: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) => `Port ${port} is taken: stop what listens on it, or choose another`,
  EACCES: (port) => `Port ${port} may not be opened by this user: choose one above 1023`,
  EADDRNOTAVAIL: (_port, host) => `${host} is not an address of this machine`,
  ENOTFOUND: (_port, host) => `There is no host ${host}`,
};

/**
 * Starts listening.
 * @param port 0 for any that is free.
 * @throws Error with one clear line for a port or address that is not to be had.
 */
export const listen = (server: Server, port: number, host: string): Promise<{ port: number }> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const sentence = sentences[error.code ?? ""];
      reject(sentence ? new Error(sentence(port, host), { cause: error }) : error);
    };
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve({ port: (server.address() as AddressInfo).port });
    });
  });
