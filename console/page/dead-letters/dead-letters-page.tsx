import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useCallback } from "preact/hooks";
import type { DeadLetter } from "../../contract.ts";
import { useConsole } from "../console.ts";
import type { Answer } from "../data/api.ts";
import { Page } from "../shared/page.tsx";
import { DeadLetterDesk } from "./dead-letter-desk.tsx";

/** What could not be done, and what can be done about it. */
export const DeadLettersPage = () => {
  const { api, store } = useConsole();
  const answer = useSignal<Answer<DeadLetter[]> | undefined>(undefined);
  const load = useCallback(async () => {
    answer.value = await api.deadLetters();
  }, [api, answer]);
  const counts = useComputed(() => store.overview.value?.deadLetters.map(({ count }) => count).join());
  // Asked for again whenever their number changes.
  useSignalEffect(() => {
    void counts.value;
    void load();
  });
  return (
    <Page
      title="Dead letters"
      lead={
        <p>
          What was given up after its last retry, kept with its reason. Sending again delivers only what is missing:
          nobody gets anything twice.
        </p>
      }
    >
      {answer.value && "refused" in answer.value && (
        <p class="refused" role="alert">
          {answer.value.refused}
        </p>
      )}
      {answer.value && "value" in answer.value && (
        <DeadLetterDesk
          letters={answer.value.value}
          none="No dead letters. Everything that was posted came to its end."
          onDone={load}
        />
      )}
    </Page>
  );
};
