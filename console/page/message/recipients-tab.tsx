import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { MessageStory } from "../../contract.ts";
import { Choice } from "../shared/choice.tsx";
import { count, counted } from "../shared/words.ts";
import { matching, OUTCOMES, type RecipientFilter, tally } from "./outcomes.ts";
import { RecipientTable } from "./recipient-table.tsx";

const LABELS = { delivered: "Delivered", gone: "Gone", failed: "Failed", waiting: "Waiting" } as const;

/** Who got it, and who did not. */
export const RecipientsTab = ({ story: { recipients, summary } }: { story: MessageStory }) => {
  const outcome = useSignal<RecipientFilter["outcome"]>("all");
  const text = useSignal("");
  const counts = useMemo(() => tally(recipients), [recipients]);
  const retried = useMemo(() => recipients.filter(({ tries }) => tries > 1).length, [recipients]);
  const found = useMemo(
    () => matching(recipients, { outcome: outcome.value, text: text.value }),
    [recipients, outcome.value, text.value],
  );
  if (recipients.length === 0) {
    return (
      <p class="empty">
        {summary.state === "running"
          ? "Nobody has been posted to yet."
          : "Nobody was posted to: the room had no other members."}
      </p>
    );
  }
  return (
    <>
      <div class="filters">
        <Choice
          name="Outcome"
          value={outcome.value}
          onChange={(next) => {
            outcome.value = next;
          }}
          options={[
            { value: "all", label: "All", count: count(recipients.length) },
            ...OUTCOMES.filter((one) => counts[one] > 0).map((one) => ({
              value: one,
              label: LABELS[one],
              count: count(counts[one]),
            })),
            ...(retried > 0 ? [{ value: "retried" as const, label: "Retried", count: count(retried) }] : []),
          ]}
        />
        <input
          type="search"
          aria-label="Connection id or error"
          placeholder="Connection id or error"
          value={text.value}
          spellcheck={false}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
        />
      </div>
      <p role="status" class="unseen">
        {counted(found.length, "recipient")}
      </p>
      {found.length > 0 ? (
        <RecipientTable recipients={found} received={summary.received} />
      ) : (
        <p class="empty">No recipient is like that. Choose All, or search for less.</p>
      )}
    </>
  );
};
