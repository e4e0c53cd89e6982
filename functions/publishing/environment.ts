import { ulid } from "ulid";
import { eventBus } from "../aws/bus.ts";
import type { tablesClient } from "../aws/clients.ts";
import { messagesTable } from "../aws/messages.ts";
import { refsTable } from "../aws/refs.ts";
import { roomNumbers } from "../aws/rooms.ts";
import { ENVIRONMENT } from "../contracts/environment.ts";
import { roomBucket } from "../protocol/room-bucket.ts";
import { isTraced } from "../protocol/tracing.ts";
import { required, requiredNumber, requiredPercent } from "../runtime/environment.ts";
import { measured } from "../runtime/metrics.ts";
import { recent } from "../runtime/recent.ts";

/** Rooms of which it is remembered until when they owe: some 100 bytes each. */
const MOST_ROOMS = 10_000;

/** All that publishing needs, as the environment has it. */
export const publishing = (client: ReturnType<typeof tablesClient>) => {
  const tracedPercent = requiredPercent(ENVIRONMENT.tracedPercent);
  return {
    ...roomNumbers(
      client,
      required(ENVIRONMENT.roomsTable),
      ulid,
      roomBucket({
        recipientsPerSecond: requiredNumber(ENVIRONMENT.roomRecipientsPerSecond),
        recipientsBurst: requiredNumber(ENVIRONMENT.roomRecipientsBurst),
        messagesPerSecond: requiredNumber(ENVIRONMENT.roomMessagesPerSecond),
      }),
      recent(MOST_ROOMS),
    ),
    ...messagesTable(client, required(ENVIRONMENT.messagesTable), requiredNumber(ENVIRONMENT.retentionDays)),
    ...refsTable(client, required(ENVIRONMENT.refsTable)),
    ...eventBus(required(ENVIRONMENT.eventBus)),
    isTraced: (id: string) => isTraced(id, tracedPercent),
    metrics: measured(required(ENVIRONMENT.stage)),
    newId: ulid,
    now: Date.now,
  };
};
