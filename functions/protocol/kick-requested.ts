import * as v from "valibot";
import { text } from "./text.ts";

/** The longest that somebody may be barred for, in seconds: 30 days. */
export const LONGEST_BAN_SECONDS = 2_592_000;

const seconds = `\`seconds\` is a whole number from 0 to ${LONGEST_BAN_SECONDS}: how long they may not connect.`;

/**
 * The detail of `KickRequested`: whose connections are to end, and for how long they may not connect again. 0 seconds
 * lets them connect at once, also somebody who is barred.
 */
export const KickRequested = v.strictObject({
  identity: text("identity", 1, 128),
  seconds: v.pipe(
    v.number(seconds),
    v.integer(seconds),
    v.minValue(0, seconds),
    v.maxValue(LONGEST_BAN_SECONDS, seconds),
  ),
  /** For the log. */
  reason: v.optional(text("reason", 0, 256)),
});
export type KickRequested = Readonly<v.InferOutput<typeof KickRequested>>;

/** Reads what is asked, or says what is wrong with it, by the field's name. */
export const readKick = (detail: unknown): { readonly asked: KickRequested } | { readonly wrong: string } => {
  const read = v.safeParse(KickRequested, detail, { abortEarly: true });
  if (read.success) return { asked: read.output };
  const [issue] = read.issues;
  const field = issue.path?.[0]?.key;
  if (field === undefined) return { wrong: "The detail is {identity, seconds, reason?}." };
  if (issue.type === "strict_object" && issue.expected === "never")
    return { wrong: `\`${field}\` is not one of identity, seconds and reason.` };
  if (issue.received === "undefined") return { wrong: `\`${field}\` is missing.` };
  return { wrong: issue.message };
};
