import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Route, routeOf } from "./route.ts";

/** The address, and how it is changed without loading the page anew. */
export interface Navigation {
  readonly route: ReadonlySignal<Route>;
  /** What the address names on the page, without `#`. */
  readonly part: ReadonlySignal<string>;
  go(path: string): void;
  /** Names a part of the page in the address; going back does not lead through the parts. */
  showPart(part: string): void;
}

/** Follows the History API, and takes clicks on links to pages of the console. */
export const createNavigation = (window: Window): Navigation => {
  const { location, history, document } = window;
  const path = signal(location.pathname);
  // Another part of the same page is no other route: what is drawn stays, and the focus with it.
  const route = computed(() => routeOf(path.value));
  const part = signal(location.hash.slice(1));
  const read = () =>
    batch(() => {
      path.value = location.pathname;
      part.value = location.hash.slice(1);
    });
  const go = (path: string) => {
    history.pushState(null, "", path);
    read();
    window.scrollTo(0, 0);
  };

  window.addEventListener("popstate", read);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    if (event.defaultPrevented || event.button !== 0 || !link || link.target || link.origin !== location.origin) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (routeOf(link.pathname).page === "nowhere") return;
    event.preventDefault();
    go(link.pathname + link.hash);
  });

  return {
    route,
    part,
    go,
    showPart(next) {
      history.replaceState(null, "", `#${next}`);
      read();
    },
  };
};
