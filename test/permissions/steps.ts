import { setTimeout as wait } from "node:timers/promises";
import type { Member } from "../support/member.ts";
import type { startRoomcast } from "../support/roomcast.ts";

export type Roomcast = Awaited<ReturnType<typeof startRoomcast>>;

/** What is seen of each step, in words. A step that an earlier one made impossible is not there. */
export type Seen = ReadonlyMap<string, string>;

/** Steps at real sockets, whose outcome is noted whatever it is. @param patienceMs how long an outcome is waited for */
export const notedSteps = (roomcast: Pick<Roomcast, "connect">, patienceMs: number) => {
  const seen = new Map<string, string>();
  const note = (step: string, what: string) => {
    seen.set(step, what);
    return what;
  };
  const until = async (holds: () => boolean | Promise<boolean>): Promise<boolean> => {
    for (const end = Date.now() + patienceMs; Date.now() < end; await wait(20)) if (await holds()) return true;
    return false;
  };
  return {
    seen: seen as Seen,
    note,
    /** Whether something becomes true. */
    until,
    /** Connects; undefined when it is refused. */
    async connect(step: string, query?: Record<string, string>): Promise<Member | undefined> {
      try {
        const member = await roomcast.connect(query);
        note(step, "open");
        return member;
      } catch (error) {
        note(step, `refused: ${(error as Error).message.replace("Unexpected server response:", "HTTP")}`);
        return undefined;
      }
    },
    /** Sends a frame. @returns the answer's type, the code of a refusal, or API Gateway's own message */
    async ask(step: string, member: Member, frame: Record<string, unknown>): Promise<string> {
      const ref = String(seen.size);
      member.send({ ...frame, ref });
      // API Gateway's own answer to a frame that no function answered has no `ref`.
      const answer = () => member.unread.find((each) => each.ref === ref || each.message === "Internal server error");
      if (!(await until(() => answer() !== undefined))) return note(step, "no answer");
      const { code, type, message } = await member.next(answer());
      return note(step, code ?? type ?? message);
    },
  };
};
