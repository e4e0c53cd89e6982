import type { Message } from "../../functions/aws/messages.ts";
import type { Numbered, Page } from "../../functions/protocol/history-page.ts";
import type { Call } from "./invocations.ts";
import { seconds, type TablesNeeds } from "./tables-needs.ts";

type Row = { readonly seq: number; readonly message?: Message; readonly expiresAt: number };

/** `functions/aws/messages.ts` in memory. */
export const createMessages = ({ now, retentionDays }: Pick<TablesNeeds, "now" | "retentionDays">) => {
  const messages = new Map<string, Map<number, Row>>();

  const isPast = (expiresAt: number) => expiresAt <= seconds(now());
  const expiryOf = (moment: number) => seconds(moment) + retentionDays * 86_400;

  const rowsOf = (room: string) => messages.get(room) ?? messages.set(room, new Map()).get(room)!;
  const query = (room: string, after: number, upTo: number, limit: number): Page => {
    const rows = [...rowsOf(room).values()].filter(({ seq }) => seq > after && seq <= upTo);
    const page = rows.toSorted((one, other) => one.seq - other.seq).slice(0, limit);
    const found = page.filter(({ expiresAt }) => !isPast(expiresAt)).map(numbered);
    // A page that is full has a LastEvaluatedKey also where nothing is behind it.
    return { found, upTo: page.length === limit ? page.at(-1)!.seq : upTo };
  };

  return {
    /** What is in a room, for those who look from outside. */
    messagesOf: (room: string): Message[] =>
      [...rowsOf(room).values()].flatMap(({ message }) => message ?? []).toSorted((one, other) => one.seq - other.seq),

    verbs: (call: Call) => ({
      save: (message: Message): Promise<boolean> =>
        call("save", () => {
          const row = rowsOf(message.room).get(message.seq);
          if (row && row.message?.id !== message.id) return false;
          rowsOf(message.room).set(message.seq, { seq: message.seq, message, expiresAt: expiryOf(message.received) });
          return true;
        }),
      seal: async (room: string, seq: number): Promise<Numbered> => {
        const isSealed = await call("seal", () => {
          if (rowsOf(room).has(seq)) return false;
          rowsOf(room).set(seq, { seq, expiresAt: expiryOf(now()) });
          return true;
        });
        if (isSealed) return { seq };
        const { found } = await call("readSealed", () => query(room, seq - 1, seq, 1));
        return found[0] ?? { seq };
      },
      readAfter: (room: string, after: number, upTo: number, limit: number): Promise<Page> =>
        call("readAfter", () => query(room, after, upTo, limit)),
      hasUpTo: (room: string, seq: number): Promise<boolean> =>
        call("hasUpTo", () => {
          const last = [...rowsOf(room).values()].filter((row) => row.seq <= seq).toSorted((a, b) => b.seq - a.seq)[0];
          return last !== undefined && !isPast(last.expiresAt);
        }),
      hasExpired: (moment: number): boolean => isPast(expiryOf(moment)),
    }),
  };
};

const numbered = ({ seq, message }: Row): Numbered => {
  if (!message) return { seq };
  const { id, from, data, received } = message;
  return { seq, message: { id, seq, from, data, received } };
};
