import type { Author, RefusalCode } from "../protocol/answers.ts";

/** `source` of every event that Roomcast puts on its bus. */
export const EVENT_SOURCE = "roomcast";

/** `detail-type` of a message that was saved and is to be delivered. */
export const MESSAGE_POSTED = "MessagePosted";
/** `detail-type` of a message's receipt. */
export const MESSAGE_DELIVERED = "MessageDelivered";
/** `detail-type` of a backend's request to publish: `functions/protocol/publish-requested.ts` has its detail. */
export const PUBLISH_REQUESTED = "PublishRequested";
/** `detail-type` of the answer to such a request that cannot be done. */
export const PUBLISH_REFUSED = "PublishRefused";

/** `detail-type` of a room whose members have changed, or may have: somebody is to look. */
export const MEMBERSHIP_CHANGED = "MembershipChanged";
/** `detail-type` of what such a look has found. */
export const PRESENCE_CHANGED = "PresenceChanged";
/** `detail-type` of somebody who types, where the room is to be told. */
export const TYPING_STARTED = "TypingStarted";

/** `detail-type` of a backend's request to end somebody's connections: `functions/protocol/kick-requested.ts`. */
export const KICK_REQUESTED = "KickRequested";
/** `detail-type` of a kick that was done. */
export const KICKED = "Kicked";
/** `detail-type` of the answer to a request for one that cannot be done. */
export const KICK_REFUSED = "KickRefused";
/** `detail-type` of a connection that is to be ended: its token has expired, or it sends far too much. */
export const DISCONNECT_REQUESTED = "DisconnectRequested";

/** The detail of `MessagePosted`. */
export interface MessagePosted {
  /** ULID; the correlation id of everything that is logged of this message. */
  readonly id: string;
  readonly room: string;
  /** 1, 2, 3… by room. */
  readonly seq: number;
  readonly from: Author;
  /** Any JSON value, as it was published. */
  readonly data: unknown;
  /** Unix time in milliseconds. */
  readonly received: number;
  /** How many recipients the room was charged for; 0 where that is not known. */
  readonly audience: number;
  /** The connection that published it, and is not posted to; a backend's event, where it was one of these. */
  readonly sender: string;
  /** `X-Amzn-Trace-Id` of the publishing; neither an archive nor a replay keeps the header itself. */
  readonly trace: string;
}

/** The detail of `MessageDelivered`: the receipt. `recipients` = `delivered` + `gone` + `failed`. */
export interface MessageDelivered extends Pick<MessagePosted, "id" | "room" | "seq"> {
  readonly recipients: number;
  readonly delivered: number;
  /** Connections that were no longer there, and are pruned. */
  readonly gone: number;
  /** Connections that could not be posted to; they are in the dead-letter queue. */
  readonly failed: number;
  /**
   * Posts that were answered by throttling, each try of them: by API Gateway, or by Lambda before `post` ran. Such a
   * connection is posted to again, so it is among `delivered`, `gone` or `failed` too.
   */
  readonly throttled: number;
  /** Milliseconds from when `publish` took the message until this receipt. */
  readonly durationMs: number;
}

/** The detail of `MembershipChanged`. */
export type MembershipChanged = Pick<MessagePosted, "room">;

/** The detail of `TypingStarted`. */
export type TypingStarted = Pick<MessagePosted, "room" | "from">;

/** What functions put, by `detail-type`; the state machines put the rest. */
export interface PutByFunctions {
  readonly [MESSAGE_POSTED]: MessagePosted;
  readonly [MEMBERSHIP_CHANGED]: MembershipChanged;
  readonly [TYPING_STARTED]: TypingStarted;
  readonly [PUBLISH_REFUSED]: PublishRefused;
  readonly [DISCONNECT_REQUESTED]: DisconnectRequested;
  readonly [KICKED]: Kicked;
  readonly [KICK_REFUSED]: KickRefused;
}

/** The detail of `PresenceChanged`: who has joined and left, and how many people are in the room now. */
export interface PresenceChanged {
  readonly room: string;
  readonly joined: readonly Author[];
  readonly left: readonly Author[];
  readonly count: number;
  /** The higher is newer: events of a room may arrive in another order. */
  readonly version: number;
}

/** The detail of `DisconnectRequested`. */
export interface DisconnectRequested {
  readonly connectionId: string;
  readonly reason: "TOKEN_EXPIRED" | "TOO_MANY_FRAMES";
}

/** The detail of `Kicked`. */
export interface Kicked {
  /** `from.id` of who was kicked. */
  readonly identity: string;
  /** How many connections were ended. */
  readonly connections: number;
  /** Unix time in seconds until which the identity may not connect again; 0 where it may at once. */
  readonly until: number;
}

/** The detail of `KickRefused`. */
export interface KickRefused {
  /** The id of the event that asked. */
  readonly request: string;
  /** For people; may change. */
  readonly reason: string;
}

/** The detail of `PublishRefused`. */
export interface PublishRefused {
  /** The id of the event that asked. */
  readonly request: string;
  readonly code: RefusalCode;
  /** For people; may change. */
  readonly reason: string;
}
