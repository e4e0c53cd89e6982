import type { PastMessage, Position, Room, RoomcastError } from "../../index.ts";

/** What was said before, as far as it has been fetched. */
export type Older = "idle" | "loading" | "beginning" | "gone" | "forbidden";

interface Needs {
  readonly history: Room["history"];
  /** Where the room was when it was joined: what is newer comes by itself. */
  readonly joinedAt: Position;
  /** Takes a page in, ascending. */
  readonly take: (messages: readonly PastMessage[]) => void;
  readonly changed: (older: Older) => void;
}

/** Fetches what was said before the room was joined, page by page towards its beginning. */
export interface OlderMessages {
  load(): Promise<void>;
  /** What is older than this number is no longer shown, and may be fetched again. */
  forgotten(oldestShown: number): void;
}

const PAGE = 50;

export const createOlderMessages = ({ history, joinedAt, take, changed }: Needs): OlderMessages => {
  const { epoch } = joinedAt;
  /** Everything from this number on is known. */
  let oldest = joinedAt.seq + 1;
  let now: Older = oldest > 1 ? "idle" : "beginning";
  const become = (older: Older) => {
    now = older;
    changed(older);
  };

  /** The messages between `oldest` and a page before it; a page of history may end earlier than it was asked to. */
  const page = async () => {
    const messages: PastMessage[] = [];
    const from = Math.max(0, oldest - 1 - PAGE);
    let isWhole = true;
    for (let after = from; after < oldest - 1; ) {
      const answer = await history({ after, epoch, limit: Math.min(PAGE, oldest - 1 - after) });
      if (answer.epoch !== epoch) return { messages: [], from, isWhole: false };
      isWhole &&= answer.recovered;
      messages.push(...answer.messages.filter(({ seq }) => seq < oldest));
      const covered = Math.max(answer.messages.at(-1)?.seq ?? 0, ...answer.skipped);
      after = covered > after ? covered : oldest - 1;
    }
    return { messages, from, isWhole };
  };

  changed(now);
  const load = async () => {
    if (now !== "idle") return;
    become("loading");
    try {
      // A page may be of erased messages only: then whoever scrolls would see nothing come.
      for (;;) {
        const { messages, from, isWhole } = await page();
        oldest = from + 1;
        take(messages);
        if (!isWhole) return become("gone");
        if (oldest <= 1) return become("beginning");
        if (messages.length > 0) return become("idle");
      }
    } catch (error) {
      become((error as RoomcastError).code === "FORBIDDEN" ? "forbidden" : "gone");
    }
  };

  return {
    load,
    forgotten: (oldestShown) => {
      // A page that is under way would leave a hole above itself.
      if (now === "loading") return;
      oldest = oldestShown;
      become("idle");
    },
  };
};
