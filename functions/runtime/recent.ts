/** What an environment remembers of those it has dealt with last; of anybody else it knows nothing. */
export interface Recent<Value> {
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
}

/** Remembers so many: whoever was set the longest time ago is forgotten for a new one. */
export const recent = <Value>(most: number): Recent<Value> => {
  // In the order in which they were set.
  const values = new Map<string, Value>();
  return {
    get: (name) => values.get(name),
    set(name, value) {
      values.delete(name);
      values.set(name, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
    },
  };
};
