/**
 * Everything that the model takes for granted of AWS, in us-east-1, each with where it is from. Latencies are hardly
 * published by AWS: where it says "assumed", the figure is ours, it is the same for every strategy, and with
 * `npm run bench -- fanout --pace 2` all of them are twice as long.
 */

/** How long something takes when nothing is in its way, in milliseconds: half of the time at most the median. */
export interface Latency {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly source: string;
}

const assumed = (reason: string) => `assumed: ${reason}`;

export const LATENCIES = {
  /** From a client's frame at API Gateway to the start of the route's function, warm. */
  route: {
    medianMs: 15,
    p99Ms: 60,
    source: assumed("API Gateway's own work and Lambda's, each at 5 to 10 ms"),
  },
  /** What Lambda adds to the duration of an invocation, warm. */
  invoke: {
    medianMs: 10,
    p99Ms: 40,
    source: assumed("what users see of Invoke within a Region beside the reported duration is about 10 ms"),
  },
  /** What a new environment takes before its first invocation: the sandbox, Node and our bundle. */
  coldStart: {
    medianMs: 300,
    p99Ms: 700,
    source: assumed("AWS says from under 100 ms to over 1 s, users 150 to 400 ms for Node with a small bundle"),
  },
  /** PostToConnection, answered. */
  post: {
    medianMs: 15,
    p99Ms: 75,
    source: assumed("one HTTPS call in the Region that ends at the host of a socket; nobody publishes it"),
  },
  /** A call of DynamoDB for one item. */
  item: {
    medianMs: 4,
    p99Ms: 15,
    source: "https://aws.amazon.com/blogs/database/understanding-amazon-dynamodb-latency/: single-digit milliseconds",
  },
  /** A Query or Scan, without its rows. */
  query: {
    medianMs: 6,
    p99Ms: 20,
    source: assumed("as an item, and the index's own partition map"),
  },
  /** PutEvents, answered. */
  putEvents: {
    medianMs: 15,
    p99Ms: 60,
    source: assumed("one call of a Regional service that writes to several zones"),
  },
  /** From an event that was put to its target's start. */
  bus: {
    medianMs: 50,
    p99Ms: 130,
    source: "aws-facts.md, EventBridge: p99 about 130 ms; the median so that p90 is the 80 ms of Amazon Key (2026)",
  },
  /** From the start of an Express execution to its first state. */
  startExecution: { medianMs: 20, p99Ms: 80, source: assumed("an authorized call that writes nothing durable") },
  /** StartSyncExecution, but for the execution itself. */
  startSyncExecution: { medianMs: 30, p99Ms: 120, source: assumed("as startExecution, and the answer's way back") },
  /** What a state of an Express execution takes before and after the call of its service. */
  task: {
    medianMs: 10,
    p99Ms: 50,
    source: assumed("users measure about 10 ms a state that calls a service, transitions included"),
  },
  /** SendMessage. */
  sendMessage: { medianMs: 8, p99Ms: 40, source: assumed("one call of a Regional service") },
  /** From the start of a Standard execution to its first state. */
  startStandard: { medianMs: 60, p99Ms: 250, source: assumed("each transition is made durable") },
  /** From a Distributed Map state that is entered to its first child. */
  mapRun: {
    medianMs: 1_000,
    p99Ms: 2_500,
    source:
      "https://repost.aws/questions/QUn5oKgcnjRTemt39V9hdtyw: the work of 100 items was over a second after the start, the state 6 s later",
  },
  /** PutObject and GetObject of S3 for a list of connections. */
  object: { medianMs: 40, p99Ms: 200, source: assumed("AWS says 100 to 200 ms at most for small objects") },
} as const satisfies Record<string, Latency>;

/** Quotas of an account in one Region, unraised. */
export const QUOTAS = {
  /** Frames and posts together: aws-facts.md, API Gateway. */
  apiGateway: { perSecond: 10_000, burst: 5_000 },
  /** Functions that run at once: aws-facts.md, Lambda. */
  concurrentInvocations: 1_000,
  /** 10 a second for each environment of the quota: aws-facts.md, Lambda. The burst is assumed: each of them once. */
  invocations: { perSecond: 10_000, burst: 1_000 },
  /** New environments of one function, 1,000 in 10 s: https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html */
  environments: { perSecond: 100, burst: 1_000 },
  /** Read units of one partition; a room is one key of the index: aws-facts.md, DynamoDB. */
  partitionReads: { perSecond: 3_000, burst: 3_000 },
  /** Bytes of rows that a query reads at most: aws-facts.md, DynamoDB. */
  pageBytes: 1024 * 1024,
  /** Sockets of the SDK for JavaScript: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html */
  sdkSockets: 50,
} as const;

/** What functions need of a processor. */
export const PROCESSOR = {
  /** Memory with which a function has one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  mbOfOne: 1_769,
  /** Milliseconds of `post` for one post: `npm run bench -- post`, unsampled, on one processor of AMD EPYC. */
  postMs: 0.5,
  /** Milliseconds of the SDK's own call: the same run. */
  sdkPostMs: 0.7,
  /** Milliseconds of a post in Go: assumed, a third of Node's. */
  goPostMs: 0.2,
  /** Milliseconds of `publish` with its calls: assumed, five calls of the SDK. */
  publishMs: 4,
  /** Milliseconds to read one row of a page: assumed, JSON of 200 bytes parsed and unmarshalled. */
  rowMs: 0.01,
} as const;

/** Sizes in bytes. */
export const SIZES = {
  /** A row of the index with its names, as DynamoDB counts it. */
  row: 200,
  /** A frame that delivers 256 bytes of data. */
  frame: 450,
  /** A query's own time for a row, in milliseconds: assumed, 1 MB in about 100 ms. */
  rowReadMs: 0.02,
} as const;
