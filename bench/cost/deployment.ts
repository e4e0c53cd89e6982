/** What is deployed, as far as it is paid for. A test holds it against the template. */
export const MEMORY_MB = { post: 128, publish: 256, receipts: 128, route: 256 } as const;

/** Segments of a large room: `fanoutWidth` of the configuration. */
export const FANOUT_WIDTH = 13;

/** Frames a second that the stage takes: `framesPerSecond` of the configuration. */
export const FRAMES_PER_SECOND = 2_000;

/** Recipients a second that a room's bucket has: `roomRecipientsPerSecond` of the configuration. */
export const ROOM_RECIPIENTS_PER_SECOND = 5_000;

/** Messages a second that a room takes: `roomMessagesPerSecond` of the configuration. */
export const ROOM_MESSAGES_PER_SECOND = 50;

/** Connections a second that the stage takes: `connectsPerSecond` of the configuration. */
export const CONNECTS_PER_SECOND = 250;

/** Rows that `room-fanout` reads to see how large a room is; fewer are served by itself. */
export const FIRST_PAGE = 50;

/** Members that `room-fanout` wants in a segment. */
export const SEGMENT = 120;

/** Members of a large room whose posts are traced: a segment of their own. */
export const TRACED_POSTS = 20;

/** Rows of a page of `room-segment`. */
export const PAGE = 500;

/** Milliseconds for which `room-segment` reads; what is left after that is another execution's. */
export const READING_MS = 10_000;

/** Iterations of an inline Map that run at once. */
export const MAP_WIDTH = 40;

/** The largest room that is told who joins and leaves: `presenceMembers` of the configuration. */
export const PRESENCE_MEMBERS = 100;

/** Milliseconds that `room-presence` waits before it looks, so that one look finds many changes, and looks again. */
export const GATHERING_MS = 1_000;
export const LOOK_AGAIN_MS = 4_000;

/** Of 100 messages, how many are traced from the bus on: `tracedPercent` of the configuration. */
export const TRACED_PERCENT = 5;

/** Metrics that the functions write. */
export const METRICS = 8;

/** Days that messages are kept: `retentionDays` of the configuration. */
export const RETENTION_DAYS = 30;

/** How often the client pings, in seconds, and how old its connections become, in minutes. */
export const CLIENT = { pingSeconds: 120, renewalMinutes: 102.5 } as const;

/**
 * Bytes that an invocation adds to CloudWatch Logs where nothing fails, 26 for each line among them, which CloudWatch
 * adds. Counted in the log groups of the local runtime, whose lines are AWS's in JSON.
 */
export const LOG_BYTES = {
  /** Lambda's own lines are off: they would cost as much as the invocations. */
  route: 0,
  /** One line of ours: a message was posted. */
  publish: 765,
  /** One line of ours: what became of a message. */
  receipts: 975,
  /** What is said of each delivery is for debugging. */
  post: 0,
} as const;

/** Bytes beside the data: of a frame, of a row of `messages`, of an event of the bus. */
export const ENVELOPE_BYTES = { frame: 194, row: 220, event: 700 } as const;
