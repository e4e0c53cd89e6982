import "./style/main.css";
import { computed, effect, signal, untracked } from "@preact/signals";
import { render } from "preact";
import { type Clock, connect } from "../index.ts";
import { createNavigation } from "./navigation.ts";
import { Context, type PageContext } from "./page-context.ts";
import { type ChatStore, createChatStore } from "./state/chat-store.ts";
import { readConfig } from "./state/config.ts";
import { createKept } from "./state/kept.ts";
import { App } from "./view/app.tsx";
import { languageFor } from "./words/language.ts";
import { createTimes } from "./words/times.ts";
import { WORDS } from "./words/words.ts";

const clock: Clock = {
  now: Date.now,
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
const kept = createKept(() => localStorage);
const navigation = createNavigation(window, kept.rooms[0]);

const language = signal(kept.language ?? languageFor(navigator.languages));
const words = computed(() => WORDS[language.value]);
effect(() => {
  document.documentElement.lang = language.value;
});

const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 30_000);
const online = signal(navigator.onLine);
for (const type of ["online", "offline"])
  addEventListener(type, () => {
    online.value = navigator.onLine;
  });

const name = signal<string | undefined>();
const chat = signal<ChatStore | undefined>();

const config = await readConfig((...request) => fetch(...request));
const start = (chosen: string) => {
  if (!config) return;
  const connected = connect(config.endpoint, { name: chosen, secret: kept.secret });
  kept.secret = connected.secret;
  kept.name = chosen;
  name.value = chosen;
  chat.value = createChatStore({ chat: connected, clock, kept, online });
};
if (kept.name) start(kept.name);

effect(() => {
  const room = navigation.room.value;
  const talking = chat.value;
  // Not again when the rooms change: it would undo that one is left.
  if (room !== undefined && talking) untracked(() => talking.open(room));
});
effect(() => {
  const unread = chat.value?.rooms.value.reduce((sum, room) => sum + room.unread.value, 0) ?? 0;
  const title = navigation.room.value === undefined ? "Roomcast" : `${navigation.room.value} · Roomcast`;
  document.title = unread > 0 ? `(${unread}) ${title}` : title;
});
addEventListener("beforeunload", (event) => {
  // What has not been sent would be lost without a word.
  if (chat.value?.hasUnsent.value) event.preventDefault();
});

const context: PageContext = {
  kept,
  navigation,
  language,
  words,
  times: computed(() => createTimes(language.value, words.value)),
  now,
  name,
  chat,
  start,
  rename: () => {
    kept.name = undefined;
    location.reload();
  },
};
const root = document.getElementById("chat");
if (root) {
  root.replaceChildren();
  render(
    <Context.Provider value={context}>
      <App isReady={config !== undefined} />
    </Context.Provider>,
    root,
  );
}
