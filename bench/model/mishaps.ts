/** What may go wrong by itself, each with the share of its occasions. Quotas need no share: they are kept anyway. */
export const MISHAPS = [
  /** DynamoDB refuses a query or an update. */
  "tableRefuses",
  /** API Gateway answers a post with 429. */
  "postThrottled",
  /** Lambda fails before the function runs. */
  "functionFails",
  /** The function is lost before it answers, and what it did stays done. */
  "answerLost",
  /** A child execution cannot be started. */
  "childRefused",
  /** A child execution fails at its end, and what it did stays done. */
  "childFails",
  /** A child execution ends well, and whoever waits for it gets an error. */
  "childUnheard",
  "queueRefuses",
  "busRefuses",
] as const;
export type Mishap = (typeof MISHAPS)[number];
export type Rates = Readonly<Partial<Record<Mishap, number>>>;

/** Whether something goes wrong this time. */
export type Strikes = (mishap: Mishap) => boolean;

/** @param sequence numbers from 0 to below 1, for this mishap */
export const createMishaps = (rates: Rates, sequence: (mishap: Mishap) => () => number): Strikes => {
  const sequences = new Map(MISHAPS.map((mishap) => [mishap, sequence(mishap)]));
  return (mishap) => {
    const rate = rates[mishap];
    return rate !== undefined && sequences.get(mishap)!() < rate;
  };
};
