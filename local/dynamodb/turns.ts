/** Work that takes turns: never two at once of the same name. */
export interface Turns {
  /** Runs the task when all that came before it under one of these names has ended, well or not. */
  take<Result>(names: readonly string[], task: () => Promise<Result>): Promise<Result>;
  /** Resolves when all that has been taken so far has ended. */
  ended(): Promise<void>;
}

export const createTurns = (): Turns => {
  /** The end of the last task of each name; never rejected. */
  const last = new Map<string, Promise<void>>();
  return {
    take(names, task) {
      const result = Promise.all(names.map((name) => last.get(name))).then(task);
      const end = result.then(
        () => forget(),
        () => forget(),
      );
      const forget = () => {
        for (const name of names) if (last.get(name) === end) last.delete(name);
      };
      for (const name of names) last.set(name, end);
      return result;
    },
    ended: async () => void (await Promise.all(last.values())),
  };
};
