import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";

// biome-ignore lint/suspicious/noExplicitAny: a test looks into frames of every type
export type ReceivedFrame = any;

/** A client at a real socket, which keeps every frame that it gets until a test asks for it. */
export interface Member {
  readonly socket: WebSocket;
  /** Sends one frame: an object as JSON, a string as it is. */
  send(frame: unknown): void;
  /** The next frame, waited for, that is like this; the frames before it stay for others to ask for. */
  next(like: Record<string, unknown>): Promise<ReceivedFrame>;
  /** Sends a frame and waits for its answer, by a `ref` of its own. */
  ask(frame: Record<string, unknown>): Promise<ReceivedFrame>;
  /** The frames that nobody has asked for yet; what is told of who is there is not among them. */
  readonly unread: readonly ReceivedFrame[];
  /** Who joined, left and typed, frame by frame, as far as nobody has asked for it. */
  readonly told: readonly ReceivedFrame[];
  /** Ends with a close frame, and waits until the server has answered it. */
  close(): Promise<void>;
}

/**
 * Connects to `wss://…/{stage}?{query}`.
 * @throws Error "Unexpected server response: 400" and the like when the upgrade is refused
 */
export const connectMember = async (
  endpoint: string,
  query: Record<string, string> = {},
  { protocols = [], ...options }: ClientOptions & { protocols?: string[] } = {},
): Promise<Member> => {
  const socket = new WebSocket(`${endpoint}?${new URLSearchParams(query)}`, protocols, options);
  const unread: ReceivedFrame[] = [];
  const waiting: { like: Record<string, unknown>; resolve: (frame: ReceivedFrame) => void }[] = [];
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data));
    const index = waiting.findIndex(({ like }) => isLike(frame, like));
    if (index < 0) unread.push(frame);
    else waiting.splice(index, 1)[0]?.resolve(frame);
  });
  await once(socket, "open");
  const next = (like: Record<string, unknown>) =>
    new Promise<ReceivedFrame>((resolve) => {
      const index = unread.findIndex((frame) => isLike(frame, like));
      if (index < 0) waiting.push({ like, resolve });
      else resolve(unread.splice(index, 1)[0]);
    });
  const send = (frame: unknown) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));

  return {
    socket,
    send,
    next,
    ask: (frame) => {
      // Not counted by the member: two of one person's would use the same, which stands for the same message.
      const ref = randomUUID();
      send({ ...frame, ref });
      return next({ ref });
    },
    get unread() {
      return unread.filter((frame) => !isNews(frame));
    },
    get told() {
      return unread.filter(isNews);
    },
    close: async () => {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
};

/** Whether a frame is about who is there: it may come at any time. */
const isNews = ({ type }: ReceivedFrame) => type === "presence" || type === "typing";

const isLike = (frame: Record<string, unknown>, like: Record<string, unknown>) =>
  Object.entries(like).every(([key, value]) => frame[key] === value);
