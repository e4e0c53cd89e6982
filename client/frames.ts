/**
 * What goes over the wire: `docs/protocol.md` in types. A test holds them to the schemas that the server is checked
 * against; they stand here once more so that whoever uses the client needs none of the server's packages.
 */

/** Who wrote a message. `id` is the identity that the server knows, `name` is cosmetic and may be empty. */
export interface Author {
  readonly id: string;
  readonly name: string;
}

/** A place in a room's numbers. */
export interface Position {
  /** Changes when the room's numbers begin anew, after a restore. */
  readonly epoch: string;
  /** A message's number in its room, 0 before the first. */
  readonly seq: number;
}

/** A message in a page of history: the room is that of the page. */
export interface PastMessage {
  readonly id: string;
  readonly seq: number;
  readonly from: Author;
  readonly data: unknown;
  /** Unix time in milliseconds. */
  readonly received: number;
}

/** What the server answers to a frame, with the frame's own `ref`. */
export type Answer = { readonly ref?: string | undefined } & (
  | ({ readonly type: "joined"; readonly room: string } & Position)
  | { readonly type: "left"; readonly room: string }
  | {
      readonly type: "ack";
      readonly room: string;
      readonly id: string;
      readonly seq: number;
      readonly received: number;
    }
  | {
      readonly type: "history";
      readonly room: string;
      readonly epoch: string;
      readonly messages: readonly PastMessage[];
      readonly skipped: readonly number[];
      readonly head: number;
      readonly recovered: boolean;
    }
  | {
      readonly type: "members";
      readonly room: string;
      readonly count: number;
      readonly members: readonly Author[];
      readonly next?: string | undefined;
    }
  | { readonly type: "pong"; readonly rooms: Readonly<Record<string, Position>> }
  | {
      readonly type: "error";
      readonly code: string;
      readonly reason: string;
      /** The connection's token has expired, and the connection ends. */
      readonly expired?: true | undefined;
    }
);

/** What the server sends to the members of a room, unasked. */
export type RoomFrame =
  | ({ readonly type: "message"; readonly room: string } & PastMessage)
  | {
      readonly type: "presence";
      readonly room: string;
      readonly joined: readonly Author[];
      readonly left: readonly Author[];
      readonly count: number;
      /** Grows with each of these in the room: the higher is newer. */
      readonly version: number;
    }
  | { readonly type: "typing"; readonly room: string; readonly from: Author };

/** An answer by its `type`. */
export type AnswerOf<Type extends Answer["type"]> = Extract<Answer, { type: Type }>;

/** A frame to members by its `type`. */
export type FrameOf<Type extends RoomFrame["type"]> = Extract<RoomFrame, { type: Type }>;

/** What a member asks of a room. */
export type Question =
  | { readonly message: "publish"; readonly data: unknown }
  | {
      readonly message: "history";
      readonly after: number;
      readonly epoch?: string | undefined;
      readonly limit?: number | undefined;
    }
  | { readonly message: "members"; readonly after?: string | undefined };

/** How such questions are answered, where they are not refused. */
interface Answers {
  readonly publish: AnswerOf<"ack">;
  readonly history: AnswerOf<"history">;
  readonly members: AnswerOf<"members">;
}

/** A question's answer, where it is no refusal. */
export type AnswerTo<Asked extends Question> = Answers[Asked["message"]];

/** A frame that is answered. */
export type Request = { readonly ref: string } & (
  | ({ readonly room: string } & ({ readonly message: "join" | "leave" } | Question))
  | { readonly message: "ping" }
);

/**
 * Reads a text frame. API Gateway's own answers, `{"message":"Internal server error","connectionId","requestId"}` and
 * the like, have no `type` and no `ref`: something could not be served just now. Undefined for anything else.
 */
export const readFrame = (text: unknown): Answer | RoomFrame | undefined => {
  try {
    const frame = JSON.parse(text as string);
    if (frame?.requestId) return { type: "error", code: "UNAVAILABLE", reason: String(frame.message) };
    return typeof frame?.type === "string" ? frame : undefined;
  } catch {
    return undefined;
  }
};
