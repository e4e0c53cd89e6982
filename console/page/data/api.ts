import type {
  DeadLetter,
  Fault,
  FaultChange,
  MessageStory,
  MessageSummary,
  RedriveRequest,
  RedriveResult,
} from "../../contract.ts";

/** What was asked for, or why it was refused, in a sentence for a person. A runtime that is not there has status 0. */
export type Answer<T> = { readonly value: T } | { readonly refused: string; readonly status: number };

/** The console's requests to the runtime. */
export interface Api {
  messages(limit: number, room?: string): Promise<Answer<MessageSummary[]>>;
  story(id: string): Promise<Answer<MessageStory>>;
  deadLetters(): Promise<Answer<DeadLetter[]>>;
  redrive(request: RedriveRequest): Promise<Answer<RedriveResult[]>>;
  setFault(change: FaultChange): Promise<Answer<Fault[]>>;
}

/** @param fetch the browser's, or what a test answers with */
export const createApi = (fetch: typeof globalThis.fetch): Api => {
  const ask = async <T>(path: string, method = "GET", body?: unknown): Promise<Answer<T>> => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    try {
      const response = await fetch(`/console/api/${path}`, { method, ...init });
      const answer: unknown = await response.json();
      return response.ok
        ? { value: answer as T }
        : { refused: refusal(answer, response.status), status: response.status };
    } catch {
      return { refused: "The runtime does not answer. Is it still running?", status: 0 };
    }
  };
  return {
    messages: (limit, room) =>
      ask(`messages?${new URLSearchParams({ limit: String(limit), ...(room === undefined ? {} : { room }) })}`),
    story: (id) => ask(`messages/${encodeURIComponent(id)}`),
    deadLetters: () => ask("dead-letters"),
    redrive: (request) => ask("dead-letters/redrive", "POST", request),
    setFault: (change) => ask("faults", "PUT", change),
  };
};

const refusal = (answer: unknown, status: number): string =>
  typeof answer === "object" && answer !== null && "message" in answer
    ? String(answer.message)
    : `The runtime answered ${status}.`;
