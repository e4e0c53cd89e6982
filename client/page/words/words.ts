import type { ConnectionSign } from "../state/connection.ts";
import { english } from "./english.ts";
import { japanese } from "./japanese.ts";
import type { Language } from "./language.ts";

/** Every text of the page. What has a number or a name in it is a function of that. */
export interface Words {
  readonly language: string;
  readonly loading: string;
  /** The page does not know its server: `config.json` beside it is missing or wrong. */
  readonly noServer: string;

  readonly welcome: string;
  readonly yourName: string;
  readonly nameHint: string;
  readonly room: string;
  readonly start: string;
  readonly changeName: string;
  readonly youAre: (name: string) => string;

  readonly rooms: string;
  readonly joinRoom: string;
  readonly join: string;
  readonly badRoom: string;
  readonly leave: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly unread: (count: number) => string;
  readonly noRoom: string;
  readonly backToRooms: string;

  readonly connection: Readonly<Record<ConnectionSign, string>>;
  readonly joining: string;
  /** What was said while there was no connection is being fetched. */
  readonly catchingUp: (count: number) => string;
  readonly refused: (reason: string) => string;

  readonly messages: (room: string) => string;
  readonly beginning: (room: string) => string;
  readonly loadingOlder: string;
  readonly olderGone: string;
  readonly noHistory: string;
  readonly empty: string;
  /** Stands above what one has not read yet. */
  readonly newHere: string;
  readonly toNewest: (unread: number) => string;
  readonly missed: (count: number) => string;
  readonly begunAnew: string;
  readonly today: string;
  readonly yesterday: string;
  readonly you: string;
  /** What a screen reader is told where many came at once. */
  readonly manyCame: (count: number) => string;

  readonly writeTo: (room: string) => string;
  readonly send: string;
  readonly sendKeys: string;
  readonly sending: string;
  /** It is in the room, and stands in its place there once what was said before it has come. */
  readonly sent: string;
  readonly notSent: (reason: string) => string;
  readonly tryAgain: string;
  readonly discard: string;
  readonly almostFull: (bytes: number) => string;
  readonly tooLong: (bytes: number) => string;
  readonly sendInParts: (count: number) => string;
  readonly onlyText: string;

  readonly people: string;
  readonly showPeople: (count: number | undefined) => string;
  readonly close: string;
  readonly more: (count: number) => string;
  readonly typing: (names: readonly string[]) => string;

  /** Why something was refused, by the server's or the client's code; `other` for any that is not here. */
  readonly reasons: Readonly<Record<Reason, string>>;
}

export type Reason = "FORBIDDEN" | "TOO_LARGE" | "TOO_MANY_ROOMS" | "BAD_ROOM" | "QUEUE_FULL" | "UNANSWERED" | "other";

export const WORDS: Readonly<Record<Language, Words>> = { en: english, ja: japanese };

/** Why, in words. */
export const reasonIn = ({ reasons }: Words, code: string | undefined): string =>
  code !== undefined && Object.hasOwn(reasons, code) ? reasons[code as Reason] : reasons.other;
