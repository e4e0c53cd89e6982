import { connect } from "node:net";
import type { OnTheLine } from "./target.ts";

/** As long as API Gateway lets an authorizer and a route take. */
const PATIENCE_MS = 60_000;

/**
 * Writes a request's bytes on a connection of their own.
 * @returns the status of the answer, "closed" where the connection ends without one, "left" where the client does not
 *   wait, "no answer" after a minute
 */
export const exchange = ({ bytes, unfinished = false }: OnTheLine, endpoint: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(endpoint);
    const socket = connect(Number(port), hostname);
    const end = (how: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(how);
    };
    const timer = setTimeout(() => end("no answer"), PATIENCE_MS);
    socket.write(bytes, () => unfinished && end("left"));
    socket.once("data", (answer) => end(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString("latin1"))?.[1] ?? "no HTTP"));
    socket.once("close", () => end("closed"));
    socket.on("error", () => end("closed"));
  });
