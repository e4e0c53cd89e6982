import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A file as a static host serves it. */
export interface StaticFile {
  readonly name: string;
  readonly contentType: string;
  readonly contents: Uint8Array | string;
}

/** Serves files in one folder on a free port, `index.html` as the folder itself, with the same headers for all. */
export const serveStatic = async (files: readonly StaticFile[], headers: Readonly<Record<string, string>>) => {
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://static");
    const file = files.find(({ name }) => name === (pathname.slice(1) || "index.html"));
    if (file) response.writeHead(200, { ...headers, "content-type": file.contentType }).end(file.contents);
    else response.writeHead(404, headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
};
