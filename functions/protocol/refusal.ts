/** Why a frame was refused, in the protocol's own words: see `docs/protocol.md`. */
export type RefusalCode =
  | "BAD_FRAME"
  | "UNKNOWN_ROUTE"
  | "BAD_ROOM"
  | "NOT_A_MEMBER"
  | "TOO_MANY_ROOMS"
  | "TOO_LARGE"
  | "UNAVAILABLE";

/** An answer, not a bug: what the client asked cannot be done, and nothing was changed. `reason` is shown to people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, reason: string) {
    super(reason);
    this.code = code;
  }
}
