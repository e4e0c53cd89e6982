/** How what is iterated over comes: each item, then perhaps an end, with an error or without. */
export interface Feed<T> {
  readonly each: (item: T) => void;
  readonly end: (error?: Error) => void;
}

/**
 * Items as an async iterator, from the moment that it is first asked. What nobody has taken yet is kept. Ending the loop
 * ends the subscription.
 * @param subscribe begins to feed; returns what stops it
 */
export async function* iterate<T>(subscribe: (feed: Feed<T>) => () => void): AsyncGenerator<T, void, undefined> {
  const items: T[] = [];
  let end: { readonly error?: Error | undefined } | undefined;
  let wake = () => {};
  const stop = subscribe({
    each: (item) => {
      items.push(item);
      wake();
    },
    end: (error) => {
      end = { error };
      wake();
    },
  });
  try {
    for (;;) {
      while (items.length > 0) yield items.shift() as T;
      if (end?.error) throw end.error;
      if (end) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stop();
  }
}
