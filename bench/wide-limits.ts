/**
 * Options of the runtime with limits so wide that no measurement meets them: what is measured is what serves, not what
 * refuses, and a fuzzer that is refused after fifty frames would not come to what is behind that. What API Gateway and
 * the runtime bound stays.
 */
export const WIDE_LIMITS: readonly string[] = Object.entries({
  framesPerSecond: 1_000_000,
  framesBurst: 5_000,
  connectionFramesPerSecond: 1_000,
  connectionFramesBurst: 10_000,
  connectionsPerIdentity: 1_000,
  connectsPerSecond: 5_000,
  joinsPerSecond: 5_000,
  roomMessagesPerSecond: 1_000,
}).flatMap(([key, value]) => ["--context", `${key}=${value}`]);
