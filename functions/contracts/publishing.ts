/**
 * Seconds that `publish` and `publish-requested` may run. A copy of a publish that was claimed longer ago than this has
 * ended: whoever finds it then may have to finish its work.
 */
export const PUBLISH_TIMEOUT_SECONDS = 5;

/** Hours that a `ref` stands for the one message that was published with it. */
export const REF_HOURS = 24;
