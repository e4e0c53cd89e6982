import type { InferInput } from "valibot";
import type { ANSWERS } from "../../functions/protocol/answers.ts";
import type { FRAMES } from "../../functions/protocol/frames.ts";
import type { RouteName } from "../../functions/protocol/routes.ts";

/** What the document says of a frame from a client, beside its schema. */
interface Request<Name extends RouteName> {
  readonly summary: string;
  /** The type of its answer; undefined where nothing is answered, not even `error`. */
  readonly answer: keyof typeof ANSWERS | undefined;
  /** Frames without their `message`. */
  readonly examples: readonly InferInput<(typeof FRAMES)[Name]>[];
}

/** The frames from clients, by route. */
export const REQUESTS: { readonly [Name in RouteName]: Request<Name> } = {
  join: {
    summary: "Joins a room. Joining twice is no error.",
    answer: "joined",
    examples: [{ room: "lobby", ref: "1" }],
  },
  leave: {
    summary: "Leaves a room. Leaving a room that one is not in is no error.",
    answer: "left",
    examples: [{ room: "lobby", ref: "2" }],
  },
  publish: {
    summary:
      "Saves a message and sends it to everybody in the room: without `room`, the one that the connection is in.",
    answer: "ack",
    examples: [{ room: "lobby", data: { text: "hello" }, ref: "3" }, { data: "to the one room that I am in" }],
  },
  history: {
    summary: "Asks for the messages after a number: a page of them, and which numbers have none.",
    answer: "history",
    examples: [
      { room: "lobby", after: 41, epoch: "01M844Q3TZ2V5C1N8X6B9D0F7G", ref: "4" },
      { room: "lobby", after: 0, limit: 20 },
    ],
  },
  members: {
    summary: "Asks who is in a room: how many, and a page of names.",
    answer: "members",
    examples: [{ room: "lobby", ref: "5" }],
  },
  typing: {
    summary: "Says that one is typing. It is not answered, not even when it is refused.",
    answer: undefined,
    examples: [{ room: "lobby" }],
  },
  ping: {
    summary: "Keeps the connection open, and asks how far its rooms are.",
    answer: "pong",
    examples: [{ ref: "6" }, {}],
  },
};
