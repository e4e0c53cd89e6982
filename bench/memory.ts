import { once } from "node:events";
import { WebSocket } from "ws";

/** Bytes that a process uses, after all garbage is collected. */
export interface Memory {
  /** The JavaScript heap of its main thread, and what that holds outside: buffers. */
  readonly heapBytes: number;
  /** All that the operating system gives it, its other threads included. */
  readonly residentBytes: number;
}

/**
 * Asks a process for its memory over Node's inspector, which needs nothing of the process's own code: the garbage is
 * collected there, then `process.memoryUsage()` is read.
 * @param inspector the `ws://` URL that a process started with `--inspect` tells
 */
export const inspectMemory = async (inspector: string): Promise<Memory> => {
  const socket = new WebSocket(inspector, { perMessageDeflate: false });
  await once(socket, "open");
  let calls = 0;
  const call = async (method: string, params: object = {}) => {
    const id = ++calls;
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [data] = await once(socket, "message");
      const answer = JSON.parse(String(data));
      if (answer.id === id) return answer.result;
    }
  };
  // The first run finalizes what holds memory outside of the heap, the second frees that.
  await call("HeapProfiler.collectGarbage");
  await call("HeapProfiler.collectGarbage");
  const { result } = await call("Runtime.evaluate", { expression: "JSON.stringify(process.memoryUsage())" });
  socket.close();
  const { heapUsed, external, rss } = JSON.parse(result.value);
  return { heapBytes: heapUsed + external, residentBytes: rss };
};

export const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
