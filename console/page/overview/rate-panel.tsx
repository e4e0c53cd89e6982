import { useConsole } from "../console.ts";
import { Panel } from "../shared/panel.tsx";
import { count } from "../shared/words.ts";
import { RateChart } from "./rate-chart.tsx";

/** Deliveries a second, over the last minutes. */
export const RatePanel = () => {
  const rates = useConsole().store.rates.value;
  const now = rates.at(-1)?.rate ?? 0;
  const most = Math.max(0, ...rates.map(({ rate }) => rate));
  return (
    <Panel title="Deliveries a second" aside="Last 5 minutes">
      <figure class="rate">
        <figcaption>
          <b>{count(now)}</b> <span>now</span>
          <span class="unseen">; </span>
          <span class="most">{count(most)} at most</span>
        </figcaption>
        <RateChart />
      </figure>
    </Panel>
  );
};
