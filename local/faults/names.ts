/** The faults that can be switched on, by name: what each does when it strikes. */
export const FAULTS = {
  "bus.refuse": "PutEvents fails whole, with InternalException; nothing is taken",
  "bus.refuse-entry": "PutEvents answers 200 and has not taken the entry (FailedEntryCount)",
  "bus.duplicate": "a rule delivers one event twice to its target",
  "bus.delay": "a delivery to a target waits for up to 3 s",
  "bus.reorder": "a delivery to a target waits until a later event has overtaken it, or for 1 s",
  "execution.restart": "an execution breaks off and starts again from the beginning, as an Express one may",
  "function.crash-before": "a function's environment crashes before the handler runs",
  "function.crash-after": "a function's environment crashes after the handler has done its work: its answer is lost",
  "post.throttle": "PostToConnection answers 429 LimitExceededException",
  "post.hang": "PostToConnection posts nothing and never answers",
  "post.gone": "PostToConnection answers 410 GoneException although it has delivered",
  "disconnect.lose": "$disconnect is not run for a connection that has ended",
  "connection.cut":
    "a client's connection is cut as a frame of it comes in: before it is handled, or before its answer",
  "table.throttle": "a call to DynamoDB answers ProvisionedThroughputExceededException",
  "index.lag": "reads of an index see the table as it was this long ago",
  "runtime.kill": "the whole runtime is killed (SIGKILL) as it takes a frame",
} as const;

export type FaultName = keyof typeof FAULTS;

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);
