import { ulid } from "ulid";
import { eventBus } from "../aws/bus.ts";
import type { tablesClient } from "../aws/clients.ts";
import { messagesTable } from "../aws/messages.ts";
import { refsTable } from "../aws/refs.ts";
import { roomNumbers } from "../aws/rooms.ts";
import { ENVIRONMENT } from "../contracts/environment.ts";
import { roomBucket } from "../protocol/room-bucket.ts";
import { required, requiredNumber } from "../runtime/environment.ts";

/** All that publishing needs, as the environment has it. */
export const publishing = (client: ReturnType<typeof tablesClient>) => ({
  ...roomNumbers(
    client,
    required(ENVIRONMENT.roomsTable),
    ulid,
    roomBucket({
      recipientsPerSecond: requiredNumber(ENVIRONMENT.roomRecipientsPerSecond),
      recipientsBurst: requiredNumber(ENVIRONMENT.roomRecipientsBurst),
    }),
  ),
  ...messagesTable(client, required(ENVIRONMENT.messagesTable), requiredNumber(ENVIRONMENT.retentionDays)),
  ...refsTable(client, required(ENVIRONMENT.refsTable)),
  ...eventBus(required(ENVIRONMENT.eventBus)),
  newId: ulid,
  now: Date.now,
});
