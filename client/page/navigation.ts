import { type ReadonlySignal, signal } from "@preact/signals";
import { addressOf, roomIn } from "./state/address.ts";

/** Which room the page shows: the one in the address. */
export interface Navigation {
  readonly room: ReadonlySignal<string | undefined>;
  /** Goes to a room; to none, which on a phone is the list of rooms. */
  go(room: string | undefined): void;
}

/** As much of a browser's window as this needs. */
interface Tab {
  readonly location: { hash: string; readonly search: string; readonly pathname: string };
  readonly history: { replaceState(data: null, unused: "", address: string): void };
  addEventListener(type: "hashchange", listener: () => void): void;
}

/** @param fallback the room to show where the address says nothing */
export const createNavigation = (tab: Tab, fallback?: string): Navigation => {
  const { location, history } = tab;
  const asked = roomIn(location) ?? (location.hash.length > 1 ? undefined : fallback);
  // A link with `?room=` becomes the address that the page itself uses.
  if (asked !== undefined) history.replaceState(null, "", location.pathname + addressOf(asked));
  const room = signal(asked);
  tab.addEventListener("hashchange", () => {
    room.value = roomIn(location);
  });
  return {
    room,
    go: (next) => {
      location.hash = next === undefined ? "#/" : addressOf(next);
    },
  };
};
