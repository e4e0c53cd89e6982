import { useConsole } from "../console.ts";
import { Panel } from "../shared/panel.tsx";
import { count, percent } from "../shared/words.ts";

/** AWS's limits, and how near they are: a bar turns amber at 70 of 100, and red at 90. */
export const QuotasPanel = () => {
  const quotas = useConsole().store.overview.value?.quotas ?? [];
  return (
    <Panel title="Quotas">
      <ul class="quotas">
        {quotas.map(({ name, used, limit, unit }) => (
          <li key={name}>
            <span class="name">{name}</span>
            <span class="used">{percent(used, limit)}</span>
            <meter
              aria-label={name}
              aria-valuetext={`${count(used)} of ${count(limit)} ${unit}`}
              min={0}
              max={limit}
              low={0.7 * limit}
              high={0.9 * limit}
              optimum={0}
              value={used}
            />
            <span class="detail">
              {count(used)} of {count(limit)} {unit}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
