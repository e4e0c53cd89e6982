import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Navigation } from "./navigation.ts";
import type { ChatStore } from "./state/chat-store.ts";
import type { Kept } from "./state/kept.ts";
import type { Language } from "./words/language.ts";
import type { Times } from "./words/times.ts";
import type { Words } from "./words/words.ts";

/** What every part of the page may need. */
export interface PageContext {
  readonly kept: Kept;
  readonly navigation: Navigation;
  readonly language: Signal<Language>;
  readonly words: ReadonlySignal<Words>;
  readonly times: ReadonlySignal<Times>;
  /** Unix time in milliseconds, now and then anew. */
  readonly now: ReadonlySignal<number>;
  readonly name: ReadonlySignal<string | undefined>;
  /** Undefined until a name is chosen. */
  readonly chat: ReadonlySignal<ChatStore | undefined>;
  /** Begins to talk under a name. */
  start(name: string): void;
  /** Asks for another name: the server takes one as it is connected to, so the page begins anew. */
  rename(): void;
}

export const Context = createContext<PageContext | undefined>(undefined);

export const usePage = (): PageContext => {
  const page = useContext(Context);
  if (!page) throw new Error("A part of the page is drawn outside of its context.");
  return page;
};

/** The rooms and the connection, for what is drawn only once there are any. */
export const useChat = (): ChatStore => {
  const chat = usePage().chat.value;
  if (!chat) throw new Error("A part of the page is drawn before a name is chosen.");
  return chat;
};
