import type { Clock } from "./clock.ts";
import { type Answer, type Request, type RoomFrame, readFrame } from "./frames.ts";
import type { WebSocketLike } from "./web-socket.ts";

interface Needs {
  /** Opens the socket; rejects where that cannot even begin. */
  readonly dial: () => Promise<WebSocketLike>;
  readonly clock: Clock;
  readonly opened: () => void;
  /** What came unasked. */
  readonly received: (frame: RoomFrame) => void;
  /** A frame had no answer in time although the connection seems open. */
  readonly unanswered: () => void;
  /** It has ended, and nothing more comes of it. Called once. */
  readonly closed: (reason: string) => void;
}

/** One WebSocket connection: asks and gets answers, until it ends. */
export interface Connection {
  readonly isOpen: boolean;
  /** How many frames have come that were not unasked: others are heard also where nothing of ours gets through. */
  readonly heard: number;
  /**
   * Sends a frame. Resolves with its answer, which may be a refusal; with undefined if none has come within `patience`
   * milliseconds, or if the connection has ended.
   */
  ask(request: Request, patience?: number): Promise<Answer | undefined>;
  /** Sends a frame that has no answer. */
  tell(frame: { readonly message: "typing"; readonly room: string }): void;
  /** Ends it: to us it is closed at once. Resolves when the other side has closed it too, or after a second. */
  end(reason?: string): Promise<void>;
}

/** How long an answer may take: `publish` has 5 seconds. */
export const ANSWER_MS = 6_000;
const OPENING_MS = 10_000;
const CLOSING_MS = 1_000;

/** A WebSocket's `readyState`. */
const OPEN = 1;
const CLOSED = 3;

export const createConnection = ({ dial, clock, opened, received, unanswered, closed }: Needs): Connection => {
  const asked = new Map<string, (answer: Answer | undefined) => void>();
  let socket: WebSocketLike | undefined;
  let heard = 0;
  let failure = "";
  let ended = false;

  const isOpen = () => !ended && socket?.readyState === OPEN;

  const tell = (frame: object) => {
    if (isOpen()) socket?.send(JSON.stringify(frame));
  };

  /** Who asked. An answer without `ref` is to the only one who has: of several nobody knows, and time will tell. */
  const answeredTo = ({ ref }: Answer) => {
    if (ref !== undefined) return asked.get(ref);
    return asked.size === 1 ? [...asked.values()][0] : undefined;
  };

  const end = async (reason = ""): Promise<void> => {
    if (ended) return;
    ended = true;
    cancelOpening();
    for (const answered of asked.values()) answered(undefined);
    closed(reason);
    if (socket) await hangUp(socket, clock);
  };
  const cancelOpening = clock.after(OPENING_MS, () => void end("It took too long to open."));

  const attach = (dialled: WebSocketLike) => {
    if (ended) return void hangUp(dialled, clock);
    socket = dialled;
    dialled.onopen = () => {
      cancelOpening();
      opened();
    };
    dialled.onmessage = ({ data }: { data: unknown }) => {
      const frame = readFrame(data);
      if (frame?.type === "message" || frame?.type === "presence" || frame?.type === "typing") return received(frame);
      heard += 1;
      if (frame) answeredTo(frame)?.(frame);
    };
    dialled.onerror = ({ message }: { message?: unknown }) => {
      if (typeof message === "string") failure = message;
    };
    dialled.onclose = ({ code, reason }: { code: number; reason: string }) =>
      void end(failure || [code, reason].filter(Boolean).join(" "));
  };
  dial().then(attach, (error: Error) => void end(error.message));

  return {
    get isOpen() {
      return isOpen();
    },
    get heard() {
      return heard;
    },
    ask: (request, patience = ANSWER_MS) =>
      new Promise((resolve) => {
        if (!isOpen()) return resolve(undefined);
        const answered = (answer: Answer | undefined) => {
          cancel();
          asked.delete(request.ref);
          resolve(answer);
        };
        const cancel = clock.after(patience, () => {
          answered(undefined);
          unanswered();
        });
        asked.set(request.ref, answered);
        tell(request);
      }),
    tell,
    end,
  };
};

/** Closes a socket. One whose peer is gone stays in "closing" for as long as its platform likes: it is not waited for. */
const hangUp = (socket: WebSocketLike, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState === CLOSED) return resolve();
    const cancel = clock.after(CLOSING_MS, resolve);
    socket.onopen = socket.onmessage = null;
    // Not null: `ws` throws an error that nobody listens to.
    socket.onerror = () => {};
    socket.onclose = () => {
      cancel();
      resolve();
    };
    socket.close(1000);
  });
