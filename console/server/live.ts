import type { ServerResponse } from "node:http";
import type { Clock } from "../../local/clock.ts";
import type { MessageSummary, Overview } from "../contract.ts";
import { GUARDED } from "./answer.ts";

interface Needs {
  overview(): Promise<Overview>;
  /** Hears of messages as they pass. @returns ends it */
  follow(hear: (message: MessageSummary) => void): () => void;
  readonly clock: Clock;
}

const OVERVIEW_EVERY_MS = 1_000;

/** Messages a second that are told; nobody reads more, and the rates count them all. */
const MESSAGES_PER_SECOND = 200;

/** Whoever does not read what is sent is cut here, and connects again. */
const MOST_UNREAD_BYTES = 4_000_000;

/**
 * What happens, as server-sent events to all who look; while nobody does, nothing is asked or heard.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export const createLive = ({ overview, follow, clock }: Needs) => {
  const looking = new Set<ServerResponse>();
  let end = () => {};
  let messages = 0;

  const tell = (event: string, data: unknown) => {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const response of looking) {
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
      else response.write(text);
    }
  };

  const begin = () => {
    let cancel = () => {};
    let ended = false;
    const tick = async () => {
      messages = 0;
      const now = await overview();
      if (ended) return;
      tell("overview", now);
      cancel = clock.after(OVERVIEW_EVERY_MS, () => void tick());
    };
    const unfollow = follow((message) => {
      messages += 1;
      if (messages <= MESSAGES_PER_SECOND) tell("message", message);
    });
    end = () => {
      ended = true;
      cancel();
      unfollow();
    };
    void tick();
  };

  return {
    serve(response: ServerResponse) {
      response.writeHead(200, { ...GUARDED, "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("retry: 1000\n\n");
      looking.add(response);
      if (looking.size === 1) begin();
      response.on("close", () => {
        if (looking.delete(response) && looking.size === 0) end();
      });
    },
    stop() {
      end();
      for (const response of looking) response.end();
      looking.clear();
    },
  };
};
