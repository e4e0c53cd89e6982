import * as v from "valibot";
import { PublishFrame } from "./frames.ts";
import { text } from "./text.ts";

/**
 * The detail of `PublishRequested`: what a frame would say, and in whose name. There is no connection here, so `room`
 * has to be named and no membership is asked for; `ref` is the event's id where it is left out.
 */
export const PublishRequested = v.object({
  room: v.unwrap(PublishFrame.entries.room),
  data: PublishFrame.entries.data,
  from: v.object(
    { id: text("from.id", 1, 128), name: v.optional(text("from.name", 0, 64), "") },
    "`from` is {id, name}: whose message it is.",
  ),
  ref: PublishFrame.entries.ref,
});
