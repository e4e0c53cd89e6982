import "uplot/dist/uPlot.min.css";
import "./style/main.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { ConsoleContext } from "./console.ts";
import { createApi } from "./data/api.ts";
import { openEventSource } from "./data/event-source.ts";
import { followLive } from "./data/live-connection.ts";
import { createStore } from "./data/store.ts";
import { createNavigation } from "./navigation.ts";

const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 1_000);

const api = createApi((...request) => fetch(...request));
const store = createStore({ api, now: Date.now, after });
followLive({
  open: openEventSource("/console/api/live"),
  after,
  events: store.events,
  changed: store.connectionChanged,
});

const root = document.getElementById("console");
if (root) {
  root.replaceChildren();
  render(
    <ConsoleContext.Provider value={{ api, store, navigation: createNavigation(window), now, after }}>
      <App />
    </ConsoleContext.Provider>,
    root,
  );
}
