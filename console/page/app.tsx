import { useLayoutEffect, useRef } from "preact/hooks";
import { useConsole } from "./console.ts";
import { DeadLettersPage } from "./dead-letters/dead-letters-page.tsx";
import { FaultsPage } from "./faults/faults-page.tsx";
import { Header } from "./header.tsx";
import { ReceiptPage } from "./message/receipt-page.tsx";
import { OverviewPage } from "./overview/overview-page.tsx";
import { RoomPage } from "./room-page.tsx";
import { PATHS, type Route } from "./route.ts";
import { Page } from "./shared/page.tsx";

export const App = () => {
  const { navigation, store } = useConsole();
  const route = navigation.route.value;
  const main = useRef<HTMLElement>(null);
  const shown = useRef(route);

  // A screen reader reads on from here, as it would after loading a page. Before it is painted: later it might take the
  // focus from where somebody has put it meanwhile.
  useLayoutEffect(() => {
    if (shown.current === route) return;
    shown.current = route;
    main.current?.querySelector("h1")?.focus();
  }, [route]);

  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <Header />
      <div role="status">
        {store.connection.value === "lost" && (
          <p class="lost">The connection to the runtime is lost. What you see may be old; trying again…</p>
        )}
      </div>
      <main id="main" ref={main} tabIndex={-1}>
        <Content route={route} />
      </main>
    </>
  );
};

const Content = ({ route }: { route: Route }) => {
  switch (route.page) {
    case "live":
      return <OverviewPage />;
    case "message":
      return <ReceiptPage key={route.id} id={route.id} />;
    case "room":
      return <RoomPage key={route.room} room={route.room} />;
    case "dead-letters":
      return <DeadLettersPage />;
    case "faults":
      return <FaultsPage />;
    case "nowhere":
      return (
        <Page title="There is nothing here">
          <p class="empty">
            The address leads to no page of the console. Go to <a href={PATHS.live}>what happens now</a>, or search for
            a message id.
          </p>
        </Page>
      );
  }
};
