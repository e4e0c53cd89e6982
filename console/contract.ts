/**
 * What the console's page gets from the runtime, as JSON below `/console/api`. Times are Unix time in milliseconds.
 *
 * | | |
 * |---|---|
 * | `GET live` | server-sent events: `overview` (an Overview, at least every other second), `message` (a MessageSummary, as it is posted and again as its receipt comes) |
 * | `GET messages?room=…&limit=…` | MessageSummary[], the newest first |
 * | `GET messages/{id}` | MessageStory; 404 for a message that is not in the record |
 * | `GET dead-letters` | DeadLetter[] |
 * | `POST dead-letters/redrive` | RedriveRequest → RedriveResult[] |
 * | `PUT faults` | FaultChange → Fault[] |
 *
 * What is refused is answered 4xx with `{"message": "…"}`, for a person.
 */
export interface Overview {
  readonly at: number;
  /** The rooms that have members, those with most messages first. */
  readonly rooms: readonly RoomRow[];
  readonly connections: number;
  readonly deliveriesPerSecond: number;
  readonly quotas: readonly Quota[];
  readonly deadLetters: readonly { readonly queue: string; readonly count: number }[];
  readonly alarms: readonly Alarm[];
  readonly faults: readonly Fault[];
}

export interface RoomRow {
  readonly room: string;
  /** Connections. */
  readonly members: number;
  /** In the last minute. */
  readonly messagesPerMinute: number;
  readonly lastMessageAt?: number;
}

/** A limit of AWS, and how near it is. */
export interface Quota {
  /** For example `Posts and frames a second`. */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
}

export interface Alarm {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** The alarm's description, which names its paragraph in docs/operations.md. */
  readonly description: string;
  readonly since: number;
}

export interface Fault {
  readonly name: string;
  /** What it does when it strikes. */
  readonly does: string;
  /** As a plan writes it, for example `5%` or `500ms`; not there while it is off. */
  readonly when?: string;
}

/** Switches one fault on, or with null off. */
export interface FaultChange {
  readonly name: string;
  readonly when: string | null;
}

/** A message without its text, which the console never shows. */
export interface MessageSummary {
  readonly id: string;
  readonly room: string;
  readonly seq: number;
  /** The author's name, or else id. */
  readonly from: string;
  readonly received: number;
  /** `running` until the receipt has come, `failed` where the fan-out has ended without one. */
  readonly state: "running" | "delivered" | "failed";
  readonly receipt?: Receipt;
}

/** The numbers of `MessageDelivered`. */
export interface Receipt {
  readonly recipients: number;
  readonly delivered: number;
  readonly gone: number;
  readonly failed: number;
  readonly throttled: number;
  readonly durationMs: number;
}

/** All that is known of one message. */
export interface MessageStory {
  readonly summary: MessageSummary;
  /** A row for each connection, in the order in which they were reached. */
  readonly recipients: readonly Recipient[];
  /** The state machines that worked on it, with what happened in each state of all their executions. */
  readonly machines: readonly MachineRun[];
  /** Its trace, where one was recorded. */
  readonly trace?: Trace;
  /** Its log lines, oldest first; the newest 1,000 of more. */
  readonly lines: readonly LogLine[];
  readonly deadLetters: readonly DeadLetter[];
}

export interface Recipient {
  readonly connectionId: string;
  readonly outcome: "delivered" | "gone" | "failed" | "waiting";
  /** When the last post to it ended. */
  readonly at: number;
  /** Posts to it. */
  readonly tries: number;
  /** The name of the last failed post's error. */
  readonly error?: string;
}

export interface MachineRun {
  /** For example `Roomcast-dev-room-fanout`. */
  readonly name: string;
  readonly executions: number;
  /** The definition's states; those inside of a Map have the Map as `parent`. */
  readonly states: readonly StateRun[];
}

export interface StateRun {
  readonly name: string;
  readonly type: string;
  readonly parent?: string;
  /** The states that may come next; empty for an end. */
  readonly next: readonly string[];
  readonly isStart: boolean;
  readonly entered: number;
  /** Entries that an error ended, caught ones too. */
  readonly failed: number;
  /** Time spent in it, all entries together. */
  readonly totalMs: number;
  readonly longestMs: number;
}

export interface Trace {
  readonly id: string;
  readonly segments: readonly TraceSegment[];
  /** The ids of the segments that the time to the last delivery was spent in, from the root on. */
  readonly criticalPath: readonly string[];
}

/** A segment or subsegment. */
export interface TraceSegment {
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  /** For example `AWS::Lambda::Function`, or a subsegment's namespace. */
  readonly origin?: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly state: "ok" | "error" | "throttle" | "fault";
}

export interface LogLine {
  readonly at: number;
  readonly level: "debug" | "info" | "warn" | "error";
  /** For example `lambda/publish`. */
  readonly from: string;
  readonly message: string;
  /** The line's other fields. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What could not be done, kept in one of the stack's queues. */
export interface DeadLetter {
  /** SQS's id of the message in the queue. */
  readonly letterId: string;
  /** For example `undelivered`. */
  readonly queue: string;
  readonly at: number;
  readonly reason: string;
  /** The message that it is about. */
  readonly messageId?: string;
  readonly room?: string;
  /** Connections that are known to lack it. */
  readonly connections: number;
  /** The range of slots that was not served, where it is one. */
  readonly range?: { readonly from: string; readonly to: string };
}

export interface RedriveRequest {
  readonly letterIds: readonly string[] | "all";
  /** Only says what would be done. */
  readonly dryRun: boolean;
}

export interface RedriveResult {
  readonly letterId: string;
  /** In words, for a person. */
  readonly outcome: string;
  readonly done: boolean;
}
