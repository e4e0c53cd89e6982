/**
 * What something used, in the units of AWS's bill. Free tiers are left out: they end where this gets interesting.
 * The functions below turn sizes and durations into those units.
 */
export interface Usage {
  /** In and out, pongs and acks among them: one for each 32 KB that was begun. */
  readonly webSocketMessages: number;
  readonly connectionMinutes: number;
  readonly lambdaRequests: number;
  readonly lambdaGbSeconds: number;
  /** Executions of Express machines, synchronous ones among them. */
  readonly expressRequests: number;
  readonly expressGbSeconds: number;
  /** States entered in Standard machines. */
  readonly standardTransitions: number;
  /** One for each 64 KB that was begun. */
  readonly customEvents: number;
  readonly dynamoDbWriteUnits: number;
  readonly dynamoDbReadUnits: number;
  readonly dynamoDbGbMonths: number;
  /** What point-in-time recovery covers. */
  readonly dynamoDbBackupGbMonths: number;
  readonly sqsRequests: number;
  readonly logBytes: number;
  /** Metrics of our own. */
  readonly metricMonths: number;
  readonly tracesRecorded: number;
  /** To the internet, in bytes of frames. */
  readonly egressBytes: number;
}

export const NOTHING: Usage = {
  webSocketMessages: 0,
  connectionMinutes: 0,
  lambdaRequests: 0,
  lambdaGbSeconds: 0,
  expressRequests: 0,
  expressGbSeconds: 0,
  standardTransitions: 0,
  customEvents: 0,
  dynamoDbWriteUnits: 0,
  dynamoDbReadUnits: 0,
  dynamoDbGbMonths: 0,
  dynamoDbBackupGbMonths: 0,
  sqsRequests: 0,
  logBytes: 0,
  metricMonths: 0,
  tracesRecorded: 0,
  egressBytes: 0,
};

export const UNITS = Object.keys(NOTHING) as readonly (keyof Usage)[];

const each = (make: (unit: keyof Usage) => number): Usage =>
  Object.fromEntries(UNITS.map((unit) => [unit, make(unit)])) as unknown as Usage;

/** All of them together; what one leaves out counts as 0. */
export const add = (...parts: readonly Partial<Usage>[]): Usage =>
  each((unit) => parts.reduce((sum, part) => sum + (part[unit] ?? 0), 0));

export const scale = (usage: Partial<Usage>, times: number): Usage => each((unit) => (usage[unit] ?? 0) * times);

const KB = 1024;
const MB = 1024 * KB;

const unitsOf = (bytes: number, size: number) => Math.max(1, Math.ceil(bytes / size));

/** The messages that a WebSocket frame of that many bytes counts as. */
export const webSocketMessagesOf = (bytes: number): number => unitsOf(bytes, 32 * KB);

/** The events that one entry of that many bytes counts as. */
export const customEventsOf = (bytes: number): number => unitsOf(bytes, 64 * KB);

/** The units of writing one item of that many bytes, to a table or to an index. */
export const writeUnitsOf = (bytes: number): number => unitsOf(bytes, KB);

/** The units of reading that many bytes: one item, or all that a query read before its filter and projection. */
export const readUnitsOf = (bytes: number, consistency: "strong" | "eventual"): number =>
  unitsOf(bytes, 4 * KB) * (consistency === "strong" ? 1 : 0.5);

/** What a function that ran that long is billed for: it is rounded up to the millisecond. */
export const lambdaGbSecondsOf = (durationMs: number, memoryMb: number): number =>
  (Math.ceil(durationMs) / 1000) * (memoryMb / 1024);

/**
 * What an Express execution is billed for: its duration by 100 ms, its memory by 64 MB. AWS estimates the memory as
 * 50 MB, the definition, and the data of each iteration of its Maps: https://aws.amazon.com/step-functions/pricing/
 */
export const expressGbSecondsOf = (execution: {
  readonly durationMs: number;
  readonly definitionBytes: number;
  readonly iterations: number;
  readonly bytesOfAnIteration: number;
}): number => {
  const { durationMs, definitionBytes, iterations, bytesOfAnIteration } = execution;
  const chunks = Math.ceil((50 * MB + definitionBytes + iterations * bytesOfAnIteration) / (64 * MB));
  return ((Math.ceil(durationMs / 100) * 100) / 1000) * ((chunks * 64) / 1024);
};
