import * as v from "valibot";

const head = { epoch: v.string(), seq: v.number() };
const author = v.object({ id: v.string(), name: v.string() });
const ref = v.optional(v.string());

/** What this client understands of what the server sends. What else a frame has is left out. */
const serverFrame = v.variant("type", [
  v.object({ type: v.literal("joined"), room: v.string(), ...head, ref }),
  v.object({ type: v.literal("left"), room: v.string(), ref }),
  v.object({ type: v.literal("ack"), room: v.string(), seq: v.number(), received: v.number(), ref }),
  v.object({ type: v.literal("pong"), rooms: v.record(v.string(), v.object(head)), ref }),
  v.object({ type: v.literal("error"), code: v.string(), reason: v.string(), ref }),
  v.object({
    type: v.literal("message"),
    room: v.string(),
    seq: v.number(),
    from: author,
    data: v.unknown(),
    received: v.number(),
  }),
  v.object({ type: v.literal("presence"), room: v.string(), joined: v.array(author), left: v.array(author) }),
  v.object({ type: v.literal("typing"), room: v.string(), from: author }),
]);

export type ServerFrame = v.InferOutput<typeof serverFrame>;
export type Head = v.InferOutput<v.ObjectSchema<typeof head, undefined>>;

/** Reads a text frame; undefined for one that this version of the client doesn't know. */
export const readServerFrame = (text: string): ServerFrame | undefined => {
  try {
    const read = v.safeParse(serverFrame, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
};
