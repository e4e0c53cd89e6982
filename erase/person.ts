import type { Claim } from "./claims.ts";
import type { Saved } from "./messages.ts";

export interface PersonNeeds {
  /** Every message of the person, in every room, page by page, those included that were saved a moment ago. */
  readonly messagesOf: (identity: string) => AsyncIterable<readonly Saved[]>;
  /** Puts a seal in the place of a message. @returns false where the message is not there any more */
  readonly seal: (message: Saved) => Promise<boolean>;
  /** What the person has published with a `ref` of late, page by page. */
  readonly claimsOf: (identity: string) => AsyncIterable<readonly Claim[]>;
  readonly forget: (claim: Claim) => Promise<void>;
  /** Does something with each, several at once. */
  readonly each: <Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>) => Promise<void>;
}

/** How much there was of a person, which is erased now, or would be. */
export interface PersonErased {
  readonly messages: number;
  readonly rooms: number;
  readonly claims: number;
}

/**
 * Erases what a person has said. A message becomes a seal on its number, as `history` puts one on a number that was
 * never used: so readers skip it, no other message takes its place, and those around it keep their numbers. The claims
 * go too, since each has a hash of what was said. Everything may be repeated: of a run that has broken off, the next one
 * finds what is left.
 */
export const erasePerson =
  ({ messagesOf, seal, claimsOf, forget, each }: PersonNeeds) =>
  async (identity: string, dryRun: boolean): Promise<PersonErased> => {
    let claims = 0;
    for await (const page of claimsOf(identity)) {
      claims += page.length;
      if (!dryRun) await each(page, forget);
    }
    let messages = 0;
    const rooms = new Set<string>();
    for await (const page of messagesOf(identity))
      await each(page, async (message) => {
        if (!dryRun && !(await seal(message))) return;
        messages++;
        rooms.add(message.room);
      });
    return { messages, rooms: rooms.size, claims };
  };
