import { setTimeout as wait } from "node:timers/promises";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  EVENT_SOURCE,
  MESSAGE_POSTED,
  type MessagePosted,
  PUBLISH_REFUSED,
  type PublishRefused,
  type PutByFunctions,
} from "../contracts/events.ts";
import { besideOwnHeader, traced } from "../runtime/observe.ts";

const ATTEMPTS = 3;
const PAUSE_MS = 100;

/** The event bus. @param name the bus's name */
export const eventBus = (name: string) => {
  const client = traced(
    new EventBridgeClient({ requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true } }),
  );

  /**
   * Puts one event. PutEvents answers 200 also when it took nothing, so its `FailedEntryCount` is what counts; such an
   * entry is put again.
   * @throws Error with EventBridge's own code and message when the bus did not take it in the end
   */
  const put = async <Type extends keyof PutByFunctions>(
    detailType: Type,
    detail: PutByFunctions[Type],
    trace = "",
  ): Promise<void> => {
    const TraceHeader = besideOwnHeader(trace);
    const entry = {
      EventBusName: name,
      Source: EVENT_SOURCE,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
      ...(TraceHeader && { TraceHeader }),
    };
    for (let attempt = 1; ; attempt++) {
      const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      if (!FailedEntryCount) return;
      const { ErrorCode, ErrorMessage } = Entries?.[0] ?? {};
      if (attempt === ATTEMPTS) throw new Error(`The bus did not take the event: ${ErrorCode}: ${ErrorMessage}`);
      await wait(PAUSE_MS * attempt);
    }
  };

  return {
    put,
    announce: (message: MessagePosted): Promise<void> => put(MESSAGE_POSTED, message, message.trace),
    refuse: (refused: PublishRefused): Promise<void> => put(PUBLISH_REFUSED, refused),
  };
};
