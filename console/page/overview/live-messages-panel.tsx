import { useSignal } from "@preact/signals";
import type { MessageSummary } from "../../contract.ts";
import { useConsole } from "../console.ts";
import { MessageTable } from "../shared/message-table.tsx";
import { Panel } from "../shared/panel.tsx";

const SHOWN = 40;

/** Messages as they pass, unless they are held so that they can be read. */
export const LiveMessagesPanel = () => {
  const messages = useConsole().store.messages.value;
  const held = useSignal<readonly MessageSummary[] | undefined>(undefined);
  const shown = held.value ?? messages;
  const hold = () => {
    held.value = held.value ? undefined : (messages ?? []);
  };
  return (
    <Panel
      title="Messages"
      aside={
        <button type="button" class={held.value ? "main" : "quiet"} onClick={hold}>
          {held.value ? "Go on" : "Hold"}
        </button>
      }
    >
      {shown && shown.length > 0 && <MessageTable messages={shown.slice(0, SHOWN)} />}
      {shown?.length === 0 && (
        <p class="empty">
          No messages yet. Try: <code>npm run chat -- --room lobby --name ann</code>
        </p>
      )}
    </Panel>
  );
};
