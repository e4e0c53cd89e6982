import { useSignal } from "@preact/signals";
import { useConsole } from "../console.ts";

/** A message id with a button that copies it. */
export const MessageId = ({ id }: { id: string }) => {
  const { after } = useConsole();
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    copied.value = true;
    after(2_000, () => {
      copied.value = false;
    });
  };
  return (
    <span class="message-id">
      <code>{id}</code>
      <button type="button" class="quiet" onClick={copy} aria-label="Copy the message id">
        {copied.value ? "Copied" : "Copy"}
      </button>
    </span>
  );
};
