import { AwsError } from "../../../local/aws/error.ts";
import type { Environment } from "../aws/lambda.ts";
import { PROCESSOR, QUOTAS, SIZES } from "../figures.ts";
import type { Member } from "../room.ts";
import type { World } from "../world.ts";

/** The SDK's default: a call is made three times at most, after a random part of 100 and 200 ms. */
const ATTEMPTS = 3;
const BACKOFF_MS = 100;

/** What a function does with the SDK for JavaScript in the rivals' strategies. */
export interface Sdk {
  /** PostToConnection, repeated where it is throttled. @returns whether it arrived, as far as one is told */
  post(member: Member): Promise<boolean>;
  /**
   * Posts to all of some members: `Promise.all`, of which 50 are under way at once, as many as there are sockets. That
   * the SDK signs all of them before the first is sent is left out, in the rivals' favour.
   * @returns those that could not be posted to
   */
  postAll(members: readonly Member[]): Promise<readonly Member[]>;
  /** Query: a page of a room's connections from a member on, up to 1 MB. @returns who is after the page's last */
  page(first: Member): Promise<Member>;
}

/** @param postMs milliseconds of a whole processor for each post */
export const createSdk = (
  { time, chance, gateway, tables, rooms }: World,
  room: number,
  { compute, hasEnded }: Environment,
  postMs: number = PROCESSOR.sdkPostMs,
): Sdk => {
  const { members, slotOf, name } = rooms[room]!;
  const jitter = chance.of(`SDK ${name}`);
  const post = async (member: Member): Promise<boolean> => {
    for (let attempt = 1; attempt <= ATTEMPTS && !hasEnded(); attempt++) {
      await compute(postMs);
      if (hasEnded()) return false;
      try {
        await gateway.post(slotOf(member).slice(8));
        return true;
      } catch (error) {
        if (!(error instanceof AwsError) || error.status !== 429) return false;
        await time.wait(jitter() * BACKOFF_MS * 2 ** (attempt - 1));
      }
    }
    return false;
  };
  return {
    post,
    postAll: async (wanted) => {
      const failed: Member[] = [];
      let next = 0;
      const socket = async () => {
        while (next < wanted.length && !hasEnded()) {
          const member = wanted[next++]!;
          if (!(await post(member))) failed.push(member);
        }
      };
      await Promise.all(Array.from({ length: QUOTAS.sdkSockets }, socket));
      return failed;
    },
    page: async (first) => {
      const next = await tables.readPage(rooms[room]!, first, members, Math.floor(QUOTAS.pageBytes / SIZES.row));
      await compute((next - first) * PROCESSOR.rowMs);
      return next;
    },
  };
};

/** The members from one up to, not including, another. */
export const membersBetween = (first: Member, end: Member): Member[] =>
  Array.from({ length: end - first }, (_, index) => first + index);
