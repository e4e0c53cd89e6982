/**
 * Runs `count` pieces of work, at most `width` at a time, and keeps their results in order. The first that fails
 * aborts the others.
 * @throws what the first failing piece threw; the parent's reason when it aborted.
 */
export const inParallel = async <Result>(
  count: number,
  width: number,
  parent: AbortSignal,
  work: (index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> => {
  const siblings = new AbortController();
  const onAbort = () => siblings.abort(parent.reason);
  parent.addEventListener("abort", onAbort);
  const results = new Array<Result>(count);
  let next = 0;
  const worker = async () => {
    while (next < count && !siblings.signal.aborted) {
      const index = next++;
      results[index] = await work(index, siblings.signal);
    }
  };
  try {
    parent.throwIfAborted();
    await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
    parent.throwIfAborted();
    return results;
  } finally {
    parent.removeEventListener("abort", onAbort);
    siblings.abort();
  }
};
