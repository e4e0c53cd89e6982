import * as v from "valibot";

/**
 * What the server says: the schemas that `docs/asyncapi.json` is made of, and the types that the functions are checked
 * against. Nothing here runs in a function.
 */
const described = <const S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description));

const Room = described(v.string(), "The room's name.");
const Ref = described(v.optional(v.string()), "The request's own, where it had one.");
const Seq = described(v.pipe(v.number(), v.integer(), v.minValue(0)), "A number of a message in its room: 1, 2, 3…");
const Milliseconds = described(v.pipe(v.number(), v.integer()), "Unix time in milliseconds.");
const Epoch = described(v.string(), "Changes when the room's numbers begin anew, after a restore.");
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const HeadSeq = described(Seq, "The number of the room's newest message, 0 before the first.");

/** Who wrote a message. `id` is the identity that the authorizer gave; `name` is cosmetic and may be empty. */
export const Author = v.object({ id: v.string(), name: v.string() });
export type Author = Readonly<v.InferOutput<typeof Author>>;

/** How far a room is. */
export const Head = v.object({ epoch: Epoch, seq: HeadSeq });
export type Head = Readonly<v.InferOutput<typeof Head>>;

const message = {
  id: described(v.string(), "A ULID."),
  seq: Seq,
  from: Author,
  data: described(v.unknown(), "Any JSON value, as it was published."),
  received: Milliseconds,
};

/** A message as `history` has it: the room is that of the answer. */
export const PastMessage = v.object(message);
export type PastMessage = Readonly<v.InferOutput<typeof PastMessage>>;

/** What a route answers its sender, by `type`. */
export const ANSWERS = {
  joined: v.object({ type: v.literal("joined"), room: Room, epoch: Epoch, seq: HeadSeq, ref: Ref }),
  left: v.object({ type: v.literal("left"), room: Room, ref: Ref }),
  ack: v.object({
    type: v.literal("ack"),
    room: Room,
    id: message.id,
    seq: Seq,
    received: Milliseconds,
    ref: Ref,
  }),
  history: v.object({
    type: v.literal("history"),
    room: Room,
    epoch: Epoch,
    messages: described(v.array(PastMessage), "In ascending order of `seq`."),
    skipped: described(v.array(Seq), "Numbers that no message has or will have, in ascending order."),
    head: HeadSeq,
    recovered: described(v.boolean(), "Whether nothing that was asked for is gone."),
    ref: Ref,
  }),
  members: v.object({
    type: v.literal("members"),
    room: Room,
    count: described(Count, "How many people are in the room; above 1,000 connections an estimate of two digits."),
    members: described(v.array(Author), "A page of them, in no order that means anything."),
    next: described(v.optional(v.string()), "`after` of the next page; there is none after the last."),
    ref: Ref,
  }),
  pong: v.object({
    type: v.literal("pong"),
    rooms: described(v.record(v.string(), Head), "The head of every room that the connection is in."),
    ref: Ref,
  }),
  error: v.object({
    type: v.literal("error"),
    code: v.picklist([
      "BAD_FRAME",
      "UNKNOWN_ROUTE",
      "BAD_ROOM",
      "NOT_A_MEMBER",
      "TOO_MANY_ROOMS",
      "TOO_LARGE",
      "RATE_LIMITED",
      "FORBIDDEN",
      "UNAVAILABLE",
    ]),
    reason: described(v.string(), "For people; may change."),
    expired: described(
      v.optional(v.literal(true)),
      "With `FORBIDDEN`: the connection's token has expired, and the connection ends. Connect with a new one and ask again.",
    ),
    ref: Ref,
  }),
} as const;

/** Why a frame was refused, in the protocol's own words: see `docs/protocol.md`. */
export type RefusalCode = v.InferOutput<typeof ANSWERS.error>["code"];

/** An answer. `ref` is added by `functions/runtime/route.ts`. */
export type Answer = Readonly<v.InferOutput<(typeof ANSWERS)[keyof typeof ANSWERS]>>;

/** What members get unasked, by `type`. */
export const FRAMES_TO_MEMBERS = {
  message: v.object({ type: v.literal("message"), room: Room, ...message }),
  presence: v.object({
    type: v.literal("presence"),
    room: Room,
    joined: described(v.array(Author), "Who was not in the room when it was last told."),
    left: described(v.array(Author), "Who was."),
    count: described(Count, "How many people are in the room now."),
    version: described(Count, "Grows with each of these in the room: the higher is newer, whichever comes first."),
  }),
  typing: v.object({ type: v.literal("typing"), room: Room, from: Author }),
} as const;

/** A message as every member but its sender gets it. */
export type MessageFrame = Readonly<v.InferOutput<typeof FRAMES_TO_MEMBERS.message>>;

/** What `post` posts. */
export type FrameToMembers = Readonly<v.InferOutput<(typeof FRAMES_TO_MEMBERS)[keyof typeof FRAMES_TO_MEMBERS]>>;
