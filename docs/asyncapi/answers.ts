import type { GenericSchema, InferInput } from "valibot";
import type { ANSWERS, FRAMES_TO_MEMBERS } from "../../functions/protocol/answers.ts";

/** What the document says of frames from the server, beside their schemas. */
type Told<Schemas extends Readonly<Record<string, GenericSchema>>> = {
  readonly [Type in keyof Schemas]: {
    readonly summary: string;
    /** Frames without their `type`. */
    readonly examples: readonly Omit<InferInput<Schemas[Type]>, "type">[];
  };
};

const room = "lobby";
const epoch = "01M844Q3TZ2V5C1N8X6B9D0F7G";
const ann = { id: "guest-AdaHLLIOJBQsno4kaujroQ", name: "ann" };
const hello = { id: "01M844QEWP6FNAXH63TWBHB0JJ", seq: 42, received: 1_795_435_510_678 };

/** The answers, by type. */
export const ANSWERED: Told<typeof ANSWERS> = {
  joined: { summary: "The connection is in the room.", examples: [{ room, epoch, seq: 41, ref: "1" }] },
  left: { summary: "The connection is not in the room.", examples: [{ room, ref: "2" }] },
  ack: { summary: "The message is saved.", examples: [{ room, ...hello, ref: "3" }] },
  history: {
    summary: "Messages that the room has had. Every number up to the last that is named here is settled.",
    examples: [
      {
        room,
        epoch,
        messages: [{ ...hello, from: ann, data: { text: "hello" } }],
        skipped: [43],
        head: 43,
        recovered: true,
        ref: "4",
      },
    ],
  },
  members: { summary: "Who is in the room.", examples: [{ room, count: 1, members: [ann], ref: "5" }] },
  pong: {
    summary: "How far the connection's rooms are.",
    examples: [{ rooms: { [room]: { epoch, seq: 43 } }, ref: "6" }],
  },
  error: {
    summary: "The frame was refused. The connection stays open.",
    examples: [
      { code: "NOT_A_MEMBER", reason: "You are not in this room: join it first.", ref: "3" },
      { code: "FORBIDDEN", reason: "Your token does not let you publish in this room.", ref: "3" },
      { code: "UNAVAILABLE", reason: "This did not work just now. Try again with the same ref." },
    ],
  },
};

/** The frames that members get unasked, by type. */
export const TOLD_TO_MEMBERS: Told<typeof FRAMES_TO_MEMBERS> = {
  message: {
    summary: "A message, for every connection in the room but the one that published it.",
    examples: [{ room, ...hello, from: ann, data: { text: "hello" } }],
  },
  presence: {
    summary: "Who has joined and left of late. Only small rooms are told.",
    examples: [{ room, joined: [ann], left: [], count: 2, version: 1_795_435_511_702 }],
  },
  typing: { summary: "Somebody types. Only small rooms are told.", examples: [{ room, from: ann }] },
};
