import { setTimeout as wait } from "node:timers/promises";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  EVENT_SOURCE,
  type MEMBERSHIP_CHANGED,
  MESSAGE_POSTED,
  type MembershipChanged,
  type MessagePosted,
  type TYPING_STARTED,
  type TypingStarted,
} from "../contracts/events.ts";
import { traced } from "../runtime/observe.ts";

const ATTEMPTS = 3;
const PAUSE_MS = 100;

/** The event bus. @param name the bus's name */
export const eventBus = (name: string) => {
  const client = traced(
    new EventBridgeClient({ requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true } }),
  );
  return {
    /**
     * Puts `MessagePosted`. PutEvents answers 200 also when it took nothing, so its `FailedEntryCount` is what counts;
     * such an entry is put again.
     * @throws Error with EventBridge's own code and message when the bus did not take it in the end
     */
    announce: async (message: MessagePosted): Promise<void> => {
      const entry = {
        EventBusName: name,
        Source: EVENT_SOURCE,
        DetailType: MESSAGE_POSTED,
        Detail: JSON.stringify(message),
        ...(message.trace && { TraceHeader: message.trace }),
      };
      for (let attempt = 1; ; attempt++) {
        const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
        if (!FailedEntryCount) return;
        const { ErrorCode, ErrorMessage } = Entries?.[0] ?? {};
        if (attempt === ATTEMPTS) throw new Error(`The bus did not take the event: ${ErrorCode}: ${ErrorMessage}`);
        await wait(PAUSE_MS * attempt);
      }
    },
  };
};
