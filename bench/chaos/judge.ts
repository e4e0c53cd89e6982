/** A message as somebody has seen it. */
export interface Seen {
  readonly id: string;
  readonly seq: number;
  /** What was published: each text once. */
  readonly data: unknown;
}

/** What went wrong, as counts over all members. */
export interface Verdict {
  /** Messages that were acked, whoever of a client and the observer has seen the ack. */
  readonly acked: number;
  /** Acked messages that a member's application did not get, or that the history does not have. */
  readonly lost: number;
  /** Messages that an application got more than once, or that are in the history more than once. */
  readonly duplicated: number;
  /** Messages that came to an application after one with a higher number. */
  readonly reordered: number;
}

/**
 * Compares what each member's application was given, and what the history holds, with what was acked.
 * @param acked ids of acked messages
 */
export const judge = (
  acked: ReadonlySet<string>,
  applications: readonly (readonly Seen[])[],
  history: readonly Seen[],
): Verdict => {
  const judged = [
    ...applications.map((given) => ({ given, once: repeats(given, ({ id }) => id) })),
    inHistory(history),
  ];
  return {
    acked: acked.size,
    lost: sum(judged.map(({ given }) => missing(acked, given))),
    duplicated: sum(judged.map(({ once }) => once)),
    reordered: sum(judged.map(({ given }) => disorders(given))),
  };
};

/** Of the same text published twice, only the text tells: the two have ids of their own. */
const inHistory = (given: readonly Seen[]) => ({ given, once: repeats(given, ({ data }) => JSON.stringify(data)) });

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const missing = (acked: ReadonlySet<string>, given: readonly Seen[]) => {
  const ids = new Set(given.map(({ id }) => id));
  return [...acked].filter((id) => !ids.has(id)).length;
};

const repeats = (given: readonly Seen[], of: (seen: Seen) => string) => given.length - new Set(given.map(of)).size;

const disorders = (given: readonly Seen[]) => {
  let highest = 0;
  let count = 0;
  for (const { seq } of given) {
    if (seq < highest) count += 1;
    highest = Math.max(highest, seq);
  }
  return count;
};
