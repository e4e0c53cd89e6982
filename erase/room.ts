import type { Claim } from "./claims.ts";
import type { Head } from "./rooms.ts";

export interface RoomNeeds {
  /** The room's row, read with strong consistency; undefined where there is none. */
  readonly headOf: (room: string) => Promise<Head | undefined>;
  /** Removes the room's row. @returns false where it is not as it was any more: a number was taken since */
  readonly removeRoom: (room: string, head: Head | undefined) => Promise<boolean>;
  /** The numbers of the room that have a message or a seal, page by page. */
  readonly numbersIn: (room: string) => AsyncIterable<readonly number[]>;
  /** Those of them that have a seal. */
  readonly sealsIn: (room: string) => AsyncIterable<readonly number[]>;
  readonly removeNumber: (room: string, seq: number) => Promise<void>;
  /** What was published there with a `ref` of late, page by page. */
  readonly claimsIn: (room: string) => AsyncIterable<readonly Claim[]>;
  readonly forget: (claim: Claim) => Promise<void>;
  /** Removes who was announced in the room last, and its pace. */
  readonly removePresence: (room: string) => Promise<void>;
  /** Does something with each, several at once. */
  readonly each: <Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>) => Promise<void>;
  /** Waits until every function that runs now has ended. */
  readonly letFunctionsEnd: () => Promise<void>;
}

/** How much there was of a room, which is erased now, or would be. */
export interface RoomErased {
  /** Its messages, and seals on numbers without one. */
  readonly numbers: number;
  readonly claims: number;
  /** Whether it had a row, and with it a head. */
  readonly begun: boolean;
}

const ATTEMPTS = 3;

/** Says what there is of a room. */
export const countRoom =
  ({ headOf, numbersIn, claimsIn }: Pick<RoomNeeds, "headOf" | "numbersIn" | "claimsIn">) =>
  async (room: string): Promise<RoomErased> => {
    let [numbers, claims] = [0, 0];
    for await (const page of claimsIn(room)) claims += page.length;
    for await (const page of numbersIn(room)) numbers += page.length;
    return { numbers, claims, begun: (await headOf(room)) !== undefined };
  };

/**
 * Erases a room, so that nothing of it can come to light in the room that begins with the next frame of somebody who
 * is in it, and in which the numbers begin anew. It is idempotent; of a run that has broken off, the next one finds
 * what is left.
 *
 * While the row has the number that it had at first, nobody has taken one since. Whoever had taken one before has saved
 * and claimed after the first wait. Whoever had found one of the claims, and saves that message once more without
 * taking a number, has done so after the second. Then there is nobody left who could save anything under these numbers,
 * and they are removed; the row goes if it still has its number. A reader of the history may yet seal what it has
 * missed of the old room: that is found after the last wait, above the head of the new room.
 * @throws Error where somebody publishes in the room all the while
 */
export const eraseRoom =
  (needs: RoomNeeds) =>
  async (room: string): Promise<RoomErased> => {
    const { headOf, removeRoom, numbersIn, removeNumber, removePresence, each, letFunctionsEnd } = needs;
    let [numbers, claims] = [0, 0];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const head = await headOf(room);
      await letFunctionsEnd();
      const forgotten = await forgetClaims(needs, room);
      claims += forgotten;
      if (forgotten > 0) await letFunctionsEnd();
      for await (const page of numbersIn(room)) {
        await each(page, (seq) => removeNumber(room, seq));
        numbers += page.length;
      }
      await removePresence(room);
      if (!(await removeRoom(room, head))) continue;
      await letFunctionsEnd();
      await removeStraySeals(needs, room);
      return { numbers, claims, begun: head !== undefined };
    }
    throw new Error(
      `Somebody published in ${room} during each of ${ATTEMPTS} attempts: kick who does, or wait until it is quiet. ` +
        `What was said before ${numbers > 0 ? "is erased" : "stays"}; erase the room again then.`,
    );
  };

const forgetClaims = async ({ claimsIn, forget, each }: RoomNeeds, room: string): Promise<number> => {
  let claims = 0;
  for await (const page of claimsIn(room)) {
    await each(page, forget);
    claims += page.length;
  }
  return claims;
};

/** The head is read behind the seals: none of the new room's is above it. */
const removeStraySeals = async ({ headOf, sealsIn, removeNumber, each }: RoomNeeds, room: string): Promise<void> => {
  for await (const seals of sealsIn(room)) {
    const { seq: head } = (await headOf(room)) ?? { seq: 0 };
    const stray = seals.filter((seq) => seq > head);
    await each(stray, (seq) => removeNumber(room, seq));
  }
};
