import * as v from "valibot";
import { PublishFrame } from "./frames.ts";

const text = (field: string, least: number, most: number) => {
  const wrong = `\`${field}\` is text of ${least} to ${most} characters, none of them a control character.`;
  return v.pipe(
    v.string(wrong),
    v.minLength(least, wrong),
    v.maxLength(most, wrong),
    v.check((given) => given.isWellFormed() && !/\p{Cc}/u.test(given), wrong),
  );
};

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
