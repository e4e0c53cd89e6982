/** The environment variables that `infra/` sets and the functions read. */
export const ENVIRONMENT = {
  connectionsTable: "CONNECTIONS_TABLE",
  roomsTable: "ROOMS_TABLE",
  messagesTable: "MESSAGES_TABLE",
  refsTable: "REFS_TABLE",
  /** Set only where rooms are told who joins, leaves and types. */
  presenceTable: "PRESENCE_TABLE",
  /** The largest room, in connections, that is told. */
  presenceMembers: "PRESENCE_MEMBERS",
  /** Days that a message is kept. */
  retentionDays: "RETENTION_DAYS",
  /** Recipients a second that a room's messages may have. */
  roomRecipientsPerSecond: "ROOM_RECIPIENTS_PER_SECOND",
  /** Recipients at once above that. */
  roomRecipientsBurst: "ROOM_RECIPIENTS_BURST",
  /** Messages a second that a room takes, over time. */
  roomMessagesPerSecond: "ROOM_MESSAGES_PER_SECOND",
  /** Connections and bans by identity. */
  peopleTable: "PEOPLE_TABLE",
  /** Connections that one identity may have at once. */
  connectionsPerIdentity: "CONNECTIONS_PER_IDENTITY",
  /** Frames a second that one connection may send, over time. */
  connectionFramesPerSecond: "CONNECTION_FRAMES_PER_SECOND",
  /** Frames at once above that. */
  connectionFramesBurst: "CONNECTION_FRAMES_BURST",
  /** Origins of pages that may connect, with commas between; not set where every one may. */
  allowedOrigins: "ALLOWED_ORIGINS",
  /** Who issues the tokens: the `iss` of each. Set only where tokens are asked for; the rest of these with it. */
  tokenIssuer: "TOKEN_ISSUER",
  /** Who the tokens are for, with commas between: one of them is each token's `aud`, or `client_id`. */
  tokenAudience: "TOKEN_AUDIENCE",
  /** Where the issuer's keys are. */
  tokenKeysUri: "TOKEN_KEYS_URI",
  /** The claim that says which rooms are allowed. */
  tokenRoomsClaim: "TOKEN_ROOMS_CLAIM",
  /** What a token without that claim allows, as JSON of the claim; not set where it allows nothing. */
  tokenDefaultRooms: "TOKEN_DEFAULT_ROOMS",
  /** How far the issuer's clock may be from ours, in seconds. */
  tokenClockSkewSeconds: "TOKEN_CLOCK_SKEW_SECONDS",
  eventBus: "EVENT_BUS",
  /** The stage, by which metrics are told apart. */
  stage: "STAGE",
  /** Of 100 messages, how many are traced. */
  tracedPercent: "TRACED_PERCENT",
} as const;

/** The index of the connections table that lists a room's members. */
export const ROOM_INDEX = "room-index";
