import { useConsole } from "../console.ts";
import { Page } from "../shared/page.tsx";
import { counted } from "../shared/words.ts";
import { AttentionPanel } from "./attention-panel.tsx";
import { LiveMessagesPanel } from "./live-messages-panel.tsx";
import { QuotasPanel } from "./quotas-panel.tsx";
import { RatePanel } from "./rate-panel.tsx";
import { RoomsPanel } from "./rooms-panel.tsx";

/** What happens now. */
export const OverviewPage = () => {
  const overview = useConsole().store.overview.value;
  const lead = overview
    ? `${counted(overview.connections, "connection")} in ${counted(overview.rooms.length, "room")}`
    : "Waiting for the runtime…";
  return (
    <Page title="Live" lead={lead}>
      <div class="overview">
        <RatePanel />
        <AttentionPanel />
        <LiveMessagesPanel />
        <div class="column">
          <RoomsPanel />
          <QuotasPanel />
        </div>
      </div>
    </Page>
  );
};
