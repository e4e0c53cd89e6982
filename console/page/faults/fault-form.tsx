import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Fault } from "../../contract.ts";
import { useConsole } from "../console.ts";

/** A fault, with when it strikes. What cannot be is explained by the runtime's own words. */
export const FaultForm = ({ fault: { name, does, when } }: { fault: Fault }) => {
  const { api, store } = useConsole();
  const id = useId();
  const draft = useSignal<string | undefined>(undefined);
  const refused = useSignal<string | undefined>(undefined);
  const isOn = when !== undefined;
  const change = async (to: string | null) => {
    const answer = await api.setFault({ name, when: to });
    refused.value = "refused" in answer ? answer.refused : undefined;
    if (!("value" in answer)) return;
    draft.value = undefined;
    store.faultsChanged(answer.value);
  };
  return (
    <li class={isOn ? "on" : undefined}>
      <div>
        <h2 id={`${id}-name`}>
          <code>{name}</code> <span class={isOn ? "state warn" : "state"}>{isOn ? `on, ${when}` : "off"}</span>
        </h2>
        <p id={`${id}-does`}>{does}</p>
        <div role="alert">
          {refused.value && (
            <p class="refused" id={`${id}-refused`}>
              {refused.value}
            </p>
          )}
        </div>
      </div>
      <form
        aria-labelledby={`${id}-name`}
        onSubmit={(event) => {
          event.preventDefault();
          void change(draft.value ?? when ?? "");
        }}
      >
        <input
          aria-label={`When ${name} strikes`}
          aria-describedby={refused.value ? `${id}-refused` : `${id}-does`}
          aria-invalid={refused.value !== undefined}
          value={draft.value ?? when ?? ""}
          placeholder={when === undefined ? "5%" : undefined}
          spellcheck={false}
          autocomplete="off"
          required
          onInput={({ currentTarget }) => {
            draft.value = currentTarget.value;
          }}
        />
        <button type="submit" disabled={isOn && draft.value === undefined}>
          {isOn ? "Change" : "Switch on"}
        </button>
        {isOn && (
          <button type="button" onClick={() => void change(null)}>
            Switch off
          </button>
        )}
      </form>
    </li>
  );
};
