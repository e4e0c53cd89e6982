import * as v from "valibot";
import { Refusal } from "./refusal.ts";

// What every route needs. A bundle gets all of a file's schemas or none, and `default` needs none of frames.ts.

/** A client's own id of its request. */
export const Ref = v.pipe(
  v.string("`ref` is a string."),
  v.minLength(1, "`ref` has 1 to 64 characters."),
  v.maxLength(64, "`ref` has 1 to 64 characters."),
  v.check((ref) => ref.isWellFormed(), "`ref` is valid Unicode: it has a lone surrogate."),
);

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

/** The same of a frame's text, of which nothing else is read. */
export const refIn = (text: string): string | undefined => {
  try {
    return refOf(parseFrame(text));
  } catch {
    return undefined;
  }
};
