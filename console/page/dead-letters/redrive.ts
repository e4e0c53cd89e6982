import type { RedriveResult } from "../../contract.ts";
import type { Answer, Api } from "../data/api.ts";

/** How far a redrive has come. It is shown first what would be done, and done after that. */
export type Redrive =
  | { readonly step: "choosing" }
  | { readonly step: "asking" | "sending"; readonly letterIds: readonly string[] }
  | { readonly step: "shown"; readonly letterIds: readonly string[]; readonly results: readonly RedriveResult[] }
  | { readonly step: "done"; readonly results: readonly RedriveResult[] }
  | { readonly step: "refused"; readonly reason: string };

/** Asks what would be done about these letters. */
export const askFirst = (api: Pick<Api, "redrive">, letterIds: readonly string[], changed: (to: Redrive) => void) => {
  changed({ step: "asking", letterIds });
  return api
    .redrive({ letterIds, dryRun: true })
    .then((answer) => changed(outcome(answer, (results) => ({ step: "shown", letterIds, results }))));
};

/** Does it. */
export const sendAgain = (api: Pick<Api, "redrive">, letterIds: readonly string[], changed: (to: Redrive) => void) => {
  changed({ step: "sending", letterIds });
  return api
    .redrive({ letterIds, dryRun: false })
    .then((answer) => changed(outcome(answer, (results) => ({ step: "done", results }))));
};

const outcome = (answer: Answer<RedriveResult[]>, then: (results: RedriveResult[]) => Redrive): Redrive =>
  "value" in answer ? then(answer.value) : { step: "refused", reason: answer.refused };
