import { useLayoutEffect, useRef } from "preact/hooks";
import { useConsole } from "./console.ts";
import { PATHS, searchPath } from "./route.ts";
import { count } from "./shared/words.ts";

export const Header = () => {
  const { navigation, store } = useConsole();
  const page = navigation.route.value.page;
  const overview = store.overview.value;
  const letters = overview?.deadLetters.reduce((sum, queue) => sum + queue.count, 0) ?? 0;
  const faults = overview?.faults.filter(({ when }) => when !== undefined).length ?? 0;
  return (
    <header class="top">
      <a class="brand" href={PATHS.live}>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <circle cx="6" cy="18" r="3" />
          <path d="M6 10.5a7.5 7.5 0 0 1 7.5 7.5M6 4a14 14 0 0 1 14 14" />
        </svg>
        Roomcast
      </a>
      <nav aria-label="Console">
        <NavLink path={PATHS.live} label="Live" here={page === "live"} />
        <NavLink path={PATHS.deadLetters} label="Dead letters" here={page === "dead-letters"} badge={letters} bad />
        <NavLink path={PATHS.faults} label="Faults" here={page === "faults"} badge={faults} />
      </nav>
      <Search />
      <ConnectionSign />
    </header>
  );
};

const NavLink = (link: { path: string; label: string; here: boolean; badge?: number; bad?: boolean }) => (
  <a href={link.path} aria-current={link.here ? "page" : undefined}>
    {link.label} {!!link.badge && <span class={link.bad ? "badge bad" : "badge"}>{count(link.badge)}</span>}
  </a>
);

const ConnectionSign = () => {
  const connection = useConsole().store.connection.value;
  const words = { connecting: "Connecting", live: "Connected", lost: "Disconnected" }[connection];
  return <span class={`sign ${connection}`}>{words}</span>;
};

/** Takes a message id, or a room's name; `/` leads here from anywhere on the page. */
const Search = () => {
  const { navigation } = useConsole();
  const field = useRef<HTMLInputElement>(null);

  useLayoutEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea"))
        return;
      event.preventDefault();
      field.current?.select();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  const search = (event: Event) => {
    event.preventDefault();
    const path = field.current && searchPath(field.current.value);
    if (!path || !field.current) return;
    field.current.value = "";
    field.current.blur();
    navigation.go(path);
  };
  return (
    <search>
      <form onSubmit={search}>
        <input
          ref={field}
          type="search"
          name="search"
          aria-label="Message id or room"
          aria-keyshortcuts="/"
          placeholder="Message id or room"
          autocomplete="off"
          spellcheck={false}
          onKeyDown={({ key, currentTarget }) => {
            if (key !== "Escape") return;
            currentTarget.value = "";
            currentTarget.blur();
          }}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </form>
    </search>
  );
};
