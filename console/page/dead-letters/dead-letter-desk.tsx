import { useSignal } from "@preact/signals";
import type { DeadLetter } from "../../contract.ts";
import { useConsole } from "../console.ts";
import { counted } from "../shared/words.ts";
import { DeadLetterTable } from "./dead-letter-table.tsx";
import { askFirst, type Redrive, sendAgain } from "./redrive.ts";
import { RedriveReport } from "./redrive-report.tsx";

interface Props {
  letters: readonly DeadLetter[];
  /** What stands here where there are none. */
  none: string;
  /** Called when letters have been sent again. */
  onDone?: () => void;
}

/** Dead letters to choose from, and their redrive: first shown, then done. */
export const DeadLetterDesk = ({ letters, none, onDone }: Props) => {
  const { api } = useConsole();
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const redrive = useSignal<Redrive>({ step: "choosing" });
  const changed = (to: Redrive) => {
    redrive.value = to;
  };
  const choose = (ids: ReadonlySet<string>) => {
    chosen.value = ids;
    changed({ step: "choosing" });
  };
  const send = async (letterIds: readonly string[]) => {
    await sendAgain(api, letterIds, changed);
    chosen.value = new Set();
    onDone?.();
  };
  const ids = letters.map(({ letterId }) => letterId).filter((id) => chosen.value.has(id));
  const { step } = redrive.value;
  return (
    <div class="desk">
      {letters.length > 0 && (
        <>
          <div class="filters">
            <button
              type="button"
              class="main"
              disabled={ids.length === 0 || step === "asking" || step === "sending"}
              onClick={() => void askFirst(api, ids, changed)}
            >
              See what would be sent
            </button>
            <p>{ids.length === 0 ? "Choose letters first." : `${counted(ids.length, "letter")} chosen.`}</p>
          </div>
          <DeadLetterTable letters={letters} chosen={chosen.value} onChoose={choose} />
        </>
      )}
      {letters.length === 0 && step !== "done" && <p class="empty">{none}</p>}
      <RedriveReport redrive={redrive.value} onSend={send} onCancel={() => changed({ step: "choosing" })} />
    </div>
  );
};
