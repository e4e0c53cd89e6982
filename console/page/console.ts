import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Api } from "./data/api.ts";
import type { Store } from "./data/store.ts";
import type { Navigation } from "./navigation.ts";

/** What every part of the page may need. */
export interface Console {
  readonly api: Api;
  readonly store: Store;
  readonly navigation: Navigation;
  /** Unix time in milliseconds, each second anew. */
  readonly now: ReadonlySignal<number>;
  /** Runs something once after this many milliseconds; returns what prevents it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export const useConsole = (): Console => {
  const console = useContext(ConsoleContext);
  if (!console) throw new Error("A part of the page is drawn outside of ConsoleContext.");
  return console;
};
