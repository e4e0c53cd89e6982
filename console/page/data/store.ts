import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Fault, MessageSummary, Overview } from "../../contract.ts";
import type { Api } from "./api.ts";
import type { Connection, LiveEvents } from "./live-connection.ts";
import { type Rate, ratesOfReceipts, withRate } from "./rates.ts";
import { merged } from "./recent-messages.ts";

/** What is known of the runtime, kept while the page is open, whichever page is shown. */
export interface Store {
  readonly connection: ReadonlySignal<Connection>;
  readonly overview: ReadonlySignal<Overview | undefined>;
  /** The newest first; undefined until they are known. */
  readonly messages: ReadonlySignal<readonly MessageSummary[] | undefined>;
  readonly rates: ReadonlySignal<readonly Rate[]>;
  /** The last message that was heard of, each time anew. */
  readonly heard: ReadonlySignal<readonly MessageSummary[]>;
  /** For the stream of events. */
  readonly events: LiveEvents;
  connectionChanged(connection: Connection): void;
  /** The faults as they are after a change, before the next overview tells it. */
  faultsChanged(faults: readonly Fault[]): void;
}

interface Needs {
  api: Pick<Api, "messages">;
  /** Unix time in milliseconds. */
  now(): number;
  after(ms: number, run: () => void): unknown;
}

export const RATES_MS = 5 * 60_000;
const KEPT_MESSAGES = 300;
/** So often at the most does the list of messages change: more than that nobody can read. */
const FLUSH_MS = 250;

export const createStore = ({ api, now, after }: Needs): Store => {
  const connection = signal<Connection>("connecting");
  const overview = signal<Overview>();
  const messages = signal<readonly MessageSummary[]>();
  const rates = signal<readonly Rate[]>([]);
  const heard = signal<readonly MessageSummary[]>([]);
  let waiting: MessageSummary[] = [];

  const flush = () => {
    const fresh = waiting;
    waiting = [];
    batch(() => {
      messages.value = merged(messages.value ?? [], fresh, KEPT_MESSAGES);
      heard.value = fresh;
    });
  };
  /** What passed before the stream was open, or while it was broken. */
  const catchUp = async () => {
    const answer = await api.messages(KEPT_MESSAGES);
    if (!("value" in answer)) return;
    batch(() => {
      if (!messages.value) {
        const until = rates.value[0]?.at ?? now();
        rates.value = [...ratesOfReceipts(answer.value, until, RATES_MS), ...rates.value];
      }
      messages.value = merged(messages.value ?? [], answer.value, KEPT_MESSAGES);
    });
  };

  return {
    connection,
    overview,
    messages,
    rates,
    heard,
    connectionChanged(next) {
      connection.value = next;
      if (next === "live") void catchUp();
    },
    faultsChanged(faults) {
      if (overview.value) overview.value = { ...overview.value, faults };
    },
    events: {
      overview(next) {
        batch(() => {
          overview.value = next;
          rates.value = withRate(rates.value, { at: next.at, rate: next.deliveriesPerSecond }, RATES_MS);
        });
      },
      message(message) {
        if (waiting.length === 0) after(FLUSH_MS, flush);
        waiting.push(message);
      },
    },
  };
};
