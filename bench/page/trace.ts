/** An event of a browser's trace, as far as it matters here. Times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** How long it took, and how much of that its thread had a processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string; readonly duration?: number } };
}

/** What the page's main thread did at a stretch, in milliseconds. */
export interface Tasks {
  /** The longest, and how much of that the thread had a processor: the rest is the machine's doing. */
  readonly longestMs: number;
  readonly ofThatCpuMs: number;
  /** The most that any had a processor. */
  readonly mostCpuMs: number;
}

/** What a trace has to be taken with. */
export const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline"];

/** From each key press to the next paint, in milliseconds: the browser's own account, as its trace has it unrounded. */
export const keyPresses = (events: readonly TraceEvent[]): readonly number[] =>
  events.flatMap(({ name, ph, args }) => {
    if (name !== "EventTiming" || ph !== "b" || args?.data?.type !== "keydown") return [];
    return [args.data.duration ?? Number.NaN];
  });

export const tasksIn = (events: readonly TraceEvent[]): Tasks => {
  const thread = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const pages = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(thread),
  );
  const tasks = { longestMs: 0, ofThatCpuMs: 0, mostCpuMs: 0 };
  for (const event of events) {
    const { name, dur = 0, tdur = 0 } = event;
    if (name !== "RunTask" || !pages.has(thread(event))) continue;
    if (dur / 1000 > tasks.longestMs) Object.assign(tasks, { longestMs: dur / 1000, ofThatCpuMs: tdur / 1000 });
    tasks.mostCpuMs = Math.max(tasks.mostCpuMs, tdur / 1000);
  }
  return tasks;
};
