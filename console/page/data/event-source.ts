import type { followLive } from "./live-connection.ts";

/** The runtime's stream of events, by the browser's EventSource. */
export const openEventSource =
  (url: string): Parameters<typeof followLive>[0]["open"] =>
  (heard) => {
    const source = new EventSource(url);
    source.onopen = heard.opened;
    source.onerror = heard.broken;
    source.addEventListener("overview", ({ data }) => heard.overview(JSON.parse(data)));
    source.addEventListener("message", ({ data }) => heard.message(JSON.parse(data)));
    return () => source.close();
  };
