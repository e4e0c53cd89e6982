import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MessageSummary } from "../contract.ts";
import { useConsole } from "./console.ts";
import { merged } from "./data/recent-messages.ts";
import { MessageTable } from "./shared/message-table.tsx";
import { Page } from "./shared/page.tsx";
import { Panel } from "./shared/panel.tsx";
import { ago, counted } from "./shared/words.ts";

const SHOWN = 100;

/** One room: how many it has, how much is said, and its last messages. */
export const RoomPage = ({ room }: { room: string }) => {
  const { api, store, now } = useConsole();
  const messages = useSignal<readonly MessageSummary[] | undefined>(undefined);
  const refused = useSignal<string | undefined>(undefined);

  useEffect(() => {
    void api.messages(SHOWN, room).then((answer) => {
      if ("value" in answer) messages.value = merged(answer.value, messages.value ?? [], SHOWN);
      else refused.value = answer.refused;
    });
    return store.messages.subscribe((all = []) => {
      const ours = all.filter((message) => message.room === room);
      if (ours.length > 0) messages.value = merged(messages.peek() ?? [], ours, SHOWN);
    });
  }, [api, store, room, messages, refused]);

  const row = store.overview.value?.rooms.find((one) => one.room === room);
  return (
    <Page
      title={room}
      above="Room"
      lead={
        <p class="facts">
          <span>{row ? counted(row.members, "member") : "No members now"}</span>
          {row && <span>{counted(row.messagesPerMinute, "message")} in the last minute</span>}
          {row?.lastMessageAt !== undefined && <span>Last one {ago(row.lastMessageAt, now.value)}</span>}
        </p>
      }
    >
      <Panel title="Messages">
        {messages.value && messages.value.length > 0 && <MessageTable messages={messages.value} />}
        {messages.value?.length === 0 && (
          <p class="empty">
            No messages of this room are in the record. Try: <code>npm run chat -- --room {room} --name ann</code>
          </p>
        )}
        {refused.value && !messages.value && (
          <p class="refused" role="alert">
            {refused.value}
          </p>
        )}
      </Panel>
    </Page>
  );
};
