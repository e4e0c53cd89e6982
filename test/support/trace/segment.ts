/** A segment document of X-Ray, or a subsegment in one. Times are Unix time in seconds. */
export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly start_time: number;
  readonly end_time?: number;
  readonly in_progress?: boolean;
  readonly trace_id?: string;
  readonly parent_id?: string;
  readonly type?: string;
  readonly origin?: string;
  readonly namespace?: string;
  readonly error?: boolean;
  readonly throttle?: boolean;
  readonly fault?: boolean;
  readonly cause?: unknown;
  readonly http?: { readonly response?: { readonly status?: number } };
  readonly aws?: { readonly operation?: string; readonly table_name?: string };
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly subsegments?: readonly Segment[];
}

/** A state machine as it is deployed. */
export interface Machine {
  readonly name: string;
  readonly definition: {
    readonly StartAt: string;
    // biome-ignore lint/suspicious/noExplicitAny: states have the fields of their type
    readonly States: Readonly<Record<string, any>>;
  };
}

/** A message, and the trace of it: what the checks ask about. */
export interface TracedMessage {
  readonly documents: readonly Segment[];
  readonly id: string;
  readonly room: string;
  /** What was said, and whatever else has no place in a trace. */
  readonly secrets: readonly string[];
  /** Connections that it was posted to, the one that is gone among them. */
  readonly recipients: number;
  /** Posts that were throttled, and made again. */
  readonly throttled: number;
  /** Names of the functions and of the machine. */
  readonly publish: string;
  readonly post: string;
  readonly machine: Machine;
  readonly tables: readonly string[];
  /** Unix time in seconds at which it was published. */
  readonly publishedAt: number;
}

/** A segment or subsegment, and what it is below. */
export interface Part {
  readonly segment: Segment;
  readonly parentId: string | undefined;
}

/** Every segment and subsegment. */
export const partsOf = (documents: readonly Segment[]): Part[] => {
  const below = (segment: Segment, parentId: string | undefined): Part[] => [
    { segment, parentId },
    ...(segment.subsegments ?? []).flatMap((one) => below(one, segment.id)),
  ];
  return documents.flatMap((document) => below(document, document.parent_id));
};

/** Every segment and subsegment at or below one, in whatever document. */
export const under = (id: string, documents: readonly Segment[]): Segment[] => {
  const byParent = Map.groupBy(partsOf(documents), ({ parentId }) => parentId);
  const own = partsOf(documents).filter(({ segment }) => segment.id === id);
  const walk = ({ segment }: Part): Segment[] => [segment, ...(byParent.get(segment.id) ?? []).flatMap(walk)];
  return own.flatMap(walk);
};

/** The subsegments of one segment's own document, itself among them. */
export const within = (document: Segment): Segment[] => partsOf([document]).map(({ segment }) => segment);

/** The segments that a function's invocations have. */
export const invocationsOf = (name: string, documents: readonly Segment[]): Segment[] =>
  documents.filter((document) => document.origin === "AWS::Lambda::Function" && document.name === name);

/** The invocations of `post` for the message; news of who is there is posted by the same function. */
export const postsOf = ({ post, id, documents }: TracedMessage): Segment[] =>
  invocationsOf(post, documents).filter((invocation) =>
    within(invocation).some(({ annotations }) => annotations?.messageId === id),
  );

/** The segment of the machine's execution for the message. */
export const executionOf = ({ machine, documents }: TracedMessage): Segment | undefined =>
  documents.find(({ origin, name }) => origin === "AWS::StepFunctions::StateMachine" && name === machine.name);

/** How a segment is named in what a check finds wrong. */
export const called = ({ name, id }: Segment) => `${name} (${id})`;
