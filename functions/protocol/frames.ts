import * as v from "valibot";
import { depthOf } from "./depth.ts";
import { AfterPage } from "./members-page.ts";
import { Ref } from "./parse-frame.ts";
import { Refusal } from "./refusal.ts";
import { RoomName } from "./room-name.ts";
import type { RouteName } from "./routes.ts";

/**
 * The largest `data` of a message, in bytes of its JSON text. With the room, the author and the numbers around it the
 * frame to a member stays below 32 KB, API Gateway's limit of a frame.
 */
export const MAX_DATA_BYTES = 28 * 1024;

/** How deep `data` may nest; DynamoDB, EventBridge and Step Functions each parse it, none says what it bears. */
export const MAX_DATA_DEPTH = 64;

// Descriptions are for `docs/asyncapi.json`, which is made of these schemas.

const Data = v.pipe(
  v.unknown(),
  v.check((data) => depthOf(data) <= MAX_DATA_DEPTH, `\`data\` nests at most ${MAX_DATA_DEPTH} levels deep.`),
  v.description(
    `Any JSON value of at most ${MAX_DATA_BYTES} bytes as JSON, and at most ${MAX_DATA_DEPTH} levels deep.`,
  ),
);

const EchoedRef = v.pipe(Ref, v.description("The client's own id of the request, which its answer has too."));
const OnceRef = v.pipe(
  Ref,
  v.description("What is published twice with the same `ref` within a day is published once."),
);

/** `{"message":"join","room":R,"ref"?}`, and the same for `leave`. */
export const RoomFrame = v.object({ room: RoomName, ref: v.optional(EchoedRef) });
/** `{"message":"publish","room"?:R,"data":any JSON,"ref"?}` */
export const PublishFrame = v.object({ room: v.optional(RoomName), data: Data, ref: v.optional(OnceRef) });

/** The most messages of one `history`; its frame holds fewer where they are long. */
export const HISTORY_LIMIT = 100;
const After = "`after` is the number of a message, or 0: a whole number.";
const Limit = `\`limit\` is a whole number from 1 to ${HISTORY_LIMIT}.`;
/** `{"message":"history","room":R,"after":seq,"epoch"?,"limit"?,"ref"?}` */
export const HistoryFrame = v.object({
  room: RoomName,
  after: v.pipe(
    v.number(After),
    v.safeInteger(After),
    v.minValue(0, After),
    v.description("The page begins behind this number: the last that the client has, or 0."),
  ),
  epoch: v.optional(
    v.pipe(
      v.string("`epoch` is a string."),
      v.description("The epoch that `after` is of. Where the room's is another, the answer has no messages."),
    ),
  ),
  limit: v.optional(
    v.pipe(
      v.number(Limit),
      v.integer(Limit),
      v.minValue(1, Limit),
      v.maxValue(HISTORY_LIMIT, Limit),
      v.description("The most messages in the answer, which may have fewer though there are more."),
    ),
  ),
  ref: v.optional(EchoedRef),
});

/** `{"message":"members","room":R,"after"?,"ref"?}` */
export const MembersFrame = v.object({ room: RoomName, after: v.optional(AfterPage), ref: v.optional(EchoedRef) });

/** `{"message":"ping","ref"?}` */
export const PingFrame = v.object({ ref: v.optional(EchoedRef) });

/** What a frame has beside its `message`, by the route that `message` names. */
export const FRAMES = {
  join: RoomFrame,
  leave: RoomFrame,
  publish: PublishFrame,
  history: HistoryFrame,
  members: MembersFrame,
  typing: RoomFrame,
  ping: PingFrame,
} as const satisfies Readonly<Record<RouteName, v.GenericSchema>>;

/** The frame as its schema has it. @throws Refusal BAD_ROOM where the room is wrong, BAD_FRAME for anything else */
export const readFrame = <S extends v.GenericSchema>(schema: S, frame: Record<string, unknown>): v.InferOutput<S> => {
  const read = v.safeParse(schema, frame, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const key = issue.path?.[0]?.key;
  const reason = issue.path && issue.received === "undefined" ? `\`${key}\` is missing.` : issue.message;
  throw new Refusal(key === "room" ? "BAD_ROOM" : "BAD_FRAME", reason);
};

/** A `publish` frame, or what `PublishRequested` asks for. @throws Refusal TOO_LARGE, and as `readFrame` does */
export const readPublish = <S extends v.GenericSchema<unknown, { data: unknown }>>(
  schema: S,
  body: Record<string, unknown>,
): v.InferOutput<S> => {
  const read = readFrame(schema, body);
  if (Buffer.byteLength(JSON.stringify(read.data)) > MAX_DATA_BYTES)
    throw new Refusal("TOO_LARGE", `\`data\` has at most ${MAX_DATA_BYTES} bytes as JSON.`);
  return read;
};
