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
  eventBus: "EVENT_BUS",
  /** The stage, by which metrics are told apart. */
  stage: "STAGE",
  /** Of 100 messages, how many are traced. */
  tracedPercent: "TRACED_PERCENT",
} as const;

/** The index of the connections table that lists a room's members. */
export const ROOM_INDEX = "room-index";
