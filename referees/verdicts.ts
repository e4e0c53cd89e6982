type Check = () => Promise<unknown>;

const COLUMN = 76;

/**
 * Tries one step after the other and writes a line of each: a sentence that is true where the referee does as AWS
 * does, and what came of it.
 */
export const createVerdicts = (write: (line: string) => void) => {
  let unexpected = 0;
  const say = (says: string, verdict: string) => write(`${says.padEnd(COLUMN)}  ${verdict}\n`);
  const failed = (says: string, reason: string) => {
    unexpected++;
    say(says, `FAILED: ${reason}`);
  };
  return {
    /** The sentence has to be true. */
    holds: async (says: string, check: Check): Promise<void> => {
      const reason = await failureOf(check);
      if (reason === undefined) say(says, "held");
      else failed(says, reason);
    },
    /**
     * The sentence is known not to be true.
     * @param known what the check's error has to say. Anything else fails, and so does a check that passes: the list
     *   of shortfalls has to be true as well.
     */
    fallsShort: async (says: string, known: string, check: Check): Promise<void> => {
      const reason = await failureOf(check);
      if (reason === undefined) failed(says, "it holds now, and is listed as falling short");
      else if (reason.includes(known)) say(says, `falls short (${known})`);
      else failed(says, reason);
    },
    /** How many came out otherwise than they have to. */
    unexpected: () => unexpected,
  };
};

const failureOf = (check: Check): Promise<string | undefined> =>
  check().then(
    () => undefined,
    (error: Error) => error.message,
  );
