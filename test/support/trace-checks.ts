/**
 * What must hold of the trace of one message: each check answers what is wrong, in sentences, and nothing where it
 * holds. Those of more than one trace, and of what is sent, are called by themselves; that of datagrams where the SDK's
 * own are seen, in `test/functions/runtime/observe.test.ts`.
 */
import * as documents from "./trace/document-checks.ts";
import * as hops from "./trace/hop-checks.ts";
import * as outcomes from "./trace/outcome-checks.ts";
import type { TracedMessage } from "./trace/segment.ts";
import * as tree from "./trace/tree-checks.ts";

export { check8SentOnce, check21DatagramHasTheDaemonsForm } from "./trace/document-checks.ts";
export { check17NothingUnsampled } from "./trace/outcome-checks.ts";
export { check19NothingInCommon } from "./trace/tree-checks.ts";

/** The checks of one trace, by number. */
export const traceChecks: Readonly<Record<number, (message: TracedMessage) => string[]>> = {
  1: documents.check1DocumentsAreValid,
  2: documents.check2OneTraceId,
  3: documents.check3IdsAreUnique,
  4: tree.check4OneRoot,
  5: tree.check5NoDanglingParents,
  6: tree.check6NoCyclesAndDeep,
  7: tree.check7TimesAreInOrder,
  8: documents.check8NothingInProgress,
  9: hops.check9PublishPutsAnEvent,
  10: hops.check10ExecutionIsBelowTheEvent,
  11: hops.check11ExecutionHasItsStates,
  12: hops.check12EachRecipientHasAPost,
  13: hops.check13PostsCallTheConnections,
  14: hops.check14TablesAreNamed,
  15: outcomes.check15FlagsTellTheOutcome,
  16: hops.check16AnnotationsAgree,
  18: outcomes.check18RetriesAreInvocations,
  20: documents.check20NothingSecretNorLarge,
};
