import { setTimeout as sleep } from "node:timers/promises";
import {
  ApiGatewayManagementApiClient,
  GetConnectionCommand,
  GoneException,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { connectionRows } from "../rooms/connection-rows.ts";
import type { startRuntime } from "../runtime-process.ts";
import { openSocket } from "../socket.ts";

/** A client in a room that never reads what it is sent. */
export interface Deaf {
  /** Waits until API Gateway has cut it. @returns milliseconds since it came; undefined where it is not cut in time */
  cut(patienceMs: number): Promise<number | undefined>;
  leave(): void;
}

const LOOK_EVERY_MS = 250;

export const connectDeaf = async (runtime: Awaited<ReturnType<typeof startRuntime>>, room: string): Promise<Deaf> => {
  const sdk = await runtime.sdk();
  const rows = await connectionRows(sdk);
  const before = new Set(await rows.idsIn(room));
  const socket = await openSocket(`${runtime.endpoint}?room=${encodeURIComponent(room)}`);
  socket.pause();
  const came = performance.now();
  const id = (await rows.idsIn(room)).find((one) => !before.has(one));
  rows.close();
  // What API Gateway knows of it, not what the client sees: whoever does not read sees no end either.
  const client = new ApiGatewayManagementApiClient({ ...sdk, endpoint: runtime.endpoint.replace("ws", "http") });
  const isGone = () =>
    client.send(new GetConnectionCommand({ ConnectionId: id })).then(
      () => false,
      (error: unknown) => error instanceof GoneException,
    );
  return {
    async cut(patienceMs) {
      const until = performance.now() + patienceMs;
      while (performance.now() < until) {
        if (await isGone()) return performance.now() - came;
        await sleep(LOOK_EVERY_MS);
      }
      return undefined;
    },
    leave() {
      socket.terminate();
      client.destroy();
    },
  };
};
