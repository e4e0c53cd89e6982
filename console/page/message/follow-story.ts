import type { MessageStory } from "../../contract.ts";
import type { Answer, Api } from "../data/api.ts";

interface Needs {
  story: Api["story"];
  /** Runs something once after this many milliseconds; returns what prevents it. */
  after(ms: number, run: () => void): () => void;
  told(answer: Answer<MessageStory>): void;
}

const RUNNING_MS = 1_000;
/** A trace and the last log lines are written after the receipt. */
const SETTLED_MS = 3_000;
const MISSING_MS = 2_000;

/**
 * Asks for a message's story again and again until nothing more is to be expected: while it is running, once more after
 * that, and while the runtime does not have it.
 * @returns `refresh`, for when there is news of the message, and `stop`
 */
export const followStory = (id: string, { story, after, told }: Needs) => {
  let cancel = () => {};
  let wasRunning = true;
  let request = 0;

  const ask = async () => {
    cancel();
    request += 1;
    const mine = request;
    const answer = await story(id);
    // A later request, or the end, has overtaken this one.
    if (mine !== request) return;
    told(answer);
    const wait = waitAfter(answer);
    if (wait !== undefined) cancel = after(wait, ask);
  };
  const waitAfter = (answer: Answer<MessageStory>) => {
    if (!("value" in answer)) return MISSING_MS;
    const before = wasRunning;
    wasRunning = answer.value.summary.state === "running";
    if (wasRunning) return RUNNING_MS;
    return before ? SETTLED_MS : undefined;
  };

  void ask();
  return {
    refresh: () => void ask(),
    stop() {
      request += 1;
      cancel();
    },
  };
};
