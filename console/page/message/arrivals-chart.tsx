import { duration } from "../shared/words.ts";
import type { Arrivals } from "./outcomes.ts";
import { ticks } from "./trace-rows.ts";

const WIDTH = 720;
const HEIGHT = 72;

/** Recipients by the time of their last post. The sentence below it tells what it shows. */
export const ArrivalsChart = ({ arrivals: { steps, spanMs } }: { arrivals: Arrivals }) => {
  const most = Math.max(1, ...steps.map(({ delivered, others }) => delivered + others));
  const width = WIDTH / steps.length;
  return (
    <div class="histogram" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="presentation">
        {steps.map(({ delivered, others }, index) => {
          const tall = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * HEIGHT));
          const x = index * width;
          return (
            <g key={index}>
              <rect
                class="is-delivered"
                x={x}
                y={HEIGHT - tall(delivered)}
                width={width - 1.5}
                height={tall(delivered)}
              />
              <rect
                class="is-failed"
                x={x}
                y={HEIGHT - tall(delivered) - tall(others)}
                width={width - 1.5}
                height={tall(others)}
              />
            </g>
          );
        })}
      </svg>
      <div class="scale">
        {ticks(spanMs, 6).map((at) => (
          <span key={at} style={{ left: `${(100 * at) / spanMs}%` }}>
            {duration(at)}
          </span>
        ))}
      </div>
    </div>
  );
};
