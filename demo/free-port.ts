import { once } from "node:events";
import { createServer } from "node:net";

/** The first TCP port of 127.0.0.1 from this one on that nobody listens on. */
export const freePort = async (from: number): Promise<number> => {
  const server = createServer().listen(from, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return freePort(from + 1);
  }
  server.close();
  await once(server, "close");
  return from;
};
