import * as v from "valibot";
import { depthOf } from "./depth.ts";
import { Refusal } from "./refusal.ts";
import { RoomName } from "./room-name.ts";

/**
 * The largest `data` of a message, in bytes of its JSON text. With the room, the author and the numbers around it the
 * frame to a member stays below 32 KB, API Gateway's limit of a frame.
 */
export const MAX_DATA_BYTES = 28 * 1024;

/** How deep `data` may nest; DynamoDB, EventBridge and Step Functions each parse it, none says what it bears. */
export const MAX_DATA_DEPTH = 64;

const Ref = v.pipe(
  v.string("`ref` is a string."),
  v.minLength(1, "`ref` has 1 to 64 characters."),
  v.maxLength(64, "`ref` has 1 to 64 characters."),
  v.check((ref) => ref.isWellFormed(), "`ref` is valid Unicode: it has a lone surrogate."),
);

const Data = v.pipe(
  v.unknown(),
  v.check((data) => depthOf(data) <= MAX_DATA_DEPTH, `\`data\` nests at most ${MAX_DATA_DEPTH} levels deep.`),
);

/** `{"message":"join","room":R,"ref"?}`, and the same for `leave`. */
export const RoomFrame = v.object({ room: RoomName, ref: v.optional(Ref) });
/** `{"message":"publish","room"?:R,"data":any JSON,"ref"?}` */
export const PublishFrame = v.object({ room: v.optional(RoomName), data: Data, ref: v.optional(Ref) });
/** `{"message":"ping","ref"?}` */
export const PingFrame = v.object({ ref: v.optional(Ref) });

/** A frame's text as a JSON object. @throws Refusal BAD_FRAME */
export const parseFrame = (text: string): Record<string, unknown> => {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    throw new Refusal("BAD_FRAME", "The frame is not JSON.");
  }
  if (typeof frame !== "object" || frame === null || Array.isArray(frame))
    throw new Refusal("BAD_FRAME", "The frame is not a JSON object.");
  return frame as Record<string, unknown>;
};

/** The frame's `ref` where it has a valid one, for the answer to a frame that is refused. */
export const refOf = (frame: Record<string, unknown>): string | undefined =>
  v.is(Ref, frame.ref) ? frame.ref : undefined;

/** The frame as its schema has it. @throws Refusal BAD_ROOM where the room is wrong, BAD_FRAME for anything else */
export const readFrame = <S extends v.GenericSchema>(schema: S, frame: Record<string, unknown>): v.InferOutput<S> => {
  const read = v.safeParse(schema, frame, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const key = issue.path?.[0]?.key;
  const reason = issue.path && issue.received === "undefined" ? `\`${key}\` is missing.` : issue.message;
  throw new Refusal(key === "room" ? "BAD_ROOM" : "BAD_FRAME", reason);
};
