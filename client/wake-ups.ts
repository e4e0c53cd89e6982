/** As much of a browser's page as the client needs. */
interface Page {
  readonly addEventListener?: (type: string, listener: () => void, options: { readonly signal: AbortSignal }) => void;
  readonly document?: Omit<Page, "document"> & { readonly visibilityState: string };
}

/**
 * Calls `task` when a browser's page comes back to the network or to its user, since timers are no help to a page that
 * was asleep. Elsewhere it never does. The function returned stops it.
 */
export const onWakeUp = (task: () => void, page: Page = globalThis as Page): (() => void) => {
  const stopping = new AbortController();
  const shown = () => {
    if (page.document?.visibilityState === "visible") task();
  };
  page.addEventListener?.("online", task, stopping);
  page.document?.addEventListener?.("visibilitychange", shown, stopping);
  return () => stopping.abort();
};
