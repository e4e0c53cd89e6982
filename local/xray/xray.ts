import { createSocket } from "node:dgram";
import type { JsonObject } from "../json.ts";
import type { Log } from "../log.ts";
import { documentIn } from "./datagram.ts";
import { answerXRay, type XRayCall } from "./rest.ts";
import { createTraces } from "./traces.ts";

/** X-Ray: takes segments and keeps the newest traces. */
export interface XRay {
  /** `127.0.0.1:port`, for `AWS_XRAY_DAEMON_ADDRESS`. */
  address(): string;
  /** Takes a segment or subsegment document. */
  record(document: JsonObject): void;
  /** BatchGetTraces and GetTraceSummaries over HTTP. */
  rest(call: XRayCall): ReturnType<typeof answerXRay>;
  /** Takes datagrams on a free port of the loopback interface. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

interface Needs {
  readonly log: Log;
  /** Hears of every document, whether it came to the daemon or from a service. @param text its JSON text */
  onDocument?(document: JsonObject, text: string): void;
}

/** Makes X-Ray, with the daemon's side of it over UDP. */
export const createXRay = ({ log, onDocument }: Needs): XRay => {
  const traces = createTraces();
  const socket = createSocket({ type: "udp4", recvBufferSize: 4 * 1024 * 1024 });
  let port: number | undefined;
  const take = (document: JsonObject): boolean => {
    const text = JSON.stringify(document);
    const taken = traces.record(document, text);
    if (taken) onDocument?.(document, text);
    return taken;
  };
  socket.on("message", (datagram) => {
    const document = documentIn(datagram.toString());
    if (!document || !take(document)) {
      log({ level: "warn", from: "xray", message: "A datagram is dropped: it holds no segment document." });
    }
  });
  return {
    address() {
      if (port === undefined) throw new Error("X-Ray has no address before it listens.");
      return `127.0.0.1:${port}`;
    },
    record: (document) => void take(document),
    rest: (call) => answerXRay(call, traces),
    listen: () =>
      new Promise((resolve, reject) => {
        socket.once("error", reject);
        socket.bind(0, "127.0.0.1", () => {
          socket.off("error", reject);
          socket.on("error", (error) => log({ level: "warn", from: "xray", message: error.message }));
          // Traces are no reason for the process to live on.
          socket.unref();
          port = socket.address().port;
          resolve();
        });
      }),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
};
