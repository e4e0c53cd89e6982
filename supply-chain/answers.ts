/** Why a known weakness of a package is none of Roomcast. */
export interface Answer {
  /** GitHub's id of the advisory, such as `GHSA-c2qf-rxjj-qqgw`. */
  readonly advisory: string;
  readonly package: string;
  /** What would have to happen for it to do harm, and why it cannot here; or what is waited for. */
  readonly reason: string;
}

/** The answers to what `npm audit` finds: one that is not answered fails CI, and so does an answer to nothing. */
export const ANSWERS: readonly Answer[] = [];
