import type { LogEntry } from "../../local/log.ts";
import { jsonLog } from "../../local/terminal-log.ts";
import { manualClock } from "../support/manual-clock.ts";
import { startRoomcast, type Template } from "../support/roomcast.ts";
import type { Declared } from "./declared.ts";
import { forScenario, playScenario } from "./scenario.ts";
import type { Seen } from "./steps.ts";

/** What becomes of Roomcast without one of its permissions. */
export interface Consequence {
  /** What is seen of the steps. */
  readonly seen: Seen;
  /** The refusals of IAM, each once, and where in the log each can be read. */
  readonly refusals: readonly { readonly sentence: string; readonly in: readonly string[] }[];
}

/**
 * Long enough for all that happens at all, on a machine that is busy too: an execution's retries are made at five
 * times the speed. What comes later than this would be written down as never having come.
 */
const PATIENCE_MS = 15_000;

/** Plays the scenario on the template without one permission. */
export const playWithout = async (permission: Pick<Declared, "removeFrom">): Promise<Consequence> => {
  const refused: string[] = [];
  const change = (template: Template) => {
    forScenario.change(template);
    permission.removeFrom(template);
  };
  try {
    const roomcast = await startRoomcast({
      ...forScenario,
      change,
      onIamAnswer: ({ refusal }) => refusal !== undefined && refused.push(refusal),
    });
    try {
      const seen = await playScenario(roomcast, PATIENCE_MS);
      return { seen, refusals: readableIn(roomcast.logged, refused) };
    } finally {
      await roomcast.stop();
    }
  } catch (error) {
    const { message } = error as Error;
    if (!refused.includes(message)) throw error;
    return {
      seen: new Map([["npm start", "ends with exit code 1"]]),
      refusals: [{ sentence: message, in: ["npm start"] }],
    };
  }
};

/** Only what `npm start` shows counts. */
const readableIn = (logged: readonly LogEntry[], refused: readonly string[]) =>
  [...new Set(refused)].map((sentence) => {
    const lines = logged.filter((entry) => entry.level !== "debug" && asText(entry).includes(sentence));
    return { sentence, in: [...new Set(lines.map(({ from }) => from))] };
  });

const asText = (entry: LogEntry): string => {
  let text = "";
  jsonLog((written) => {
    text = written;
  }, manualClock())(entry);
  return text;
};
