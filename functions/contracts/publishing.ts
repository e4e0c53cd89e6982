/**
 * Seconds that `publish` and `publish-requested` may run. A copy of a publish that was claimed longer ago than this has
 * ended: whoever finds it then may have to finish its work.
 */
export const PUBLISH_TIMEOUT_SECONDS = 5;

/** Hours that a `ref` stands for the one message that was published with it. */
export const REF_HOURS = 24;

/**
 * Recipients up to which all rooms are charged alike for a message: as if they had so many. The fan-out reads so many
 * members at first, and of a room that has no more it need not keep how many they are.
 */
export const SMALL_ROOM = 50;
