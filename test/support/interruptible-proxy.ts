import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP proxy before a WebSocket endpoint, which may be interrupted as a network is. */
export const interruptibleProxy = async (endpoint: string) => {
  const url = new URL(endpoint);
  const target = { port: Number(url.port), host: url.hostname };
  const sockets = new Set<Socket>();
  let interrupted = false;
  const server = createServer((client) => {
    if (interrupted) return void client.destroy();
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  url.port = String((server.address() as AddressInfo).port);
  return {
    endpoint: String(url),
    /** Ends every connection, without a close frame, and takes none until `restore`. */
    interrupt: () => {
      interrupted = true;
      cut();
    },
    restore: () => {
      interrupted = false;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
};
