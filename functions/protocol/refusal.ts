import type { RefusalCode } from "./answers.ts";

/** An answer, not a bug: what the client asked cannot be done, and nothing was changed. `reason` is shown to people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, reason: string) {
    super(reason);
    this.code = code;
  }
}
