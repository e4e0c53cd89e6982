/** What a probe found, and what it is judged by. */
export interface Finding {
  readonly answer: "yes" | "no" | "not measurable";
  readonly reason: string;
}

/** One question to a running Roomcast. */
export interface Probe {
  /** A sentence that is true of a system that works, or of AWS as the design takes it to be. */
  readonly says: string;
  /** Whether the system is broken when the answer is no; else the answer is for the record. */
  readonly must: boolean;
  /** @throws Error with what was seen instead, which is a no where the sentence must be true */
  ask(): Promise<Finding>;
}

/** A probe that has been asked. */
export type Answered = Pick<Probe, "says" | "must"> & Finding;

export const yes = (reason: string): Finding => ({ answer: "yes", reason });
export const no = (reason: string): Finding => ({ answer: "no", reason });
export const notMeasurable = (reason: string): Finding => ({ answer: "not measurable", reason });

/** Asks one. An error answers no, unless it only says that the one who asks may not look. */
export const answerOf = async ({ says, must, ask }: Probe): Promise<Answered> => {
  const finding = await ask().catch((error: Error) =>
    must && !mayNotLook(error) ? no(error.message) : notMeasurable(error.message),
  );
  return { says, must, ...finding };
};

const mayNotLook = ({ name }: Error) =>
  ["AccessDeniedException", "AccessDenied", "CredentialsProviderError", "ExpiredTokenException"].includes(name);

/** Whether an answered probe makes the whole fail. */
export const fails = ({ must, answer }: Answered): boolean => must && answer === "no";
