import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useConsole } from "../console.ts";
import type { Rate } from "../data/rates.ts";
import { RATES_MS } from "../data/store.ts";

/** The curve of the store's rates. What it shows is told in words by its caption, so that it is hidden from readers. */
export const RateChart = () => {
  const { store } = useConsole();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    let chart = draw(element, store.rates.peek());
    const redraw = () => {
      chart.destroy();
      chart = draw(element, store.rates.peek());
    };
    const sizes = new ResizeObserver(() => chart.setSize(sizeOf(element)));
    sizes.observe(element);
    scheme.addEventListener("change", redraw);
    const stop = effect(() => chart.setData(columns(store.rates.value)));
    return () => {
      stop();
      scheme.removeEventListener("change", redraw);
      sizes.disconnect();
      chart.destroy();
    };
  }, [store]);

  return <div class="chart" ref={box} aria-hidden="true" />;
};

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

const columns = (rates: readonly Rate[]): uPlot.AlignedData => [
  rates.map(({ at }) => at / 1000),
  rates.map(({ rate }) => rate),
];

const draw = (element: HTMLElement, rates: readonly Rate[]) => {
  const colour = (name: string) => resolvedColour(element, name);
  const axis: uPlot.Axis = {
    stroke: colour("--muted"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return new uPlot(
    {
      ...sizeOf(element),
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 8, 0, 0],
      scales: {
        x: { range: (_chart, _from, to) => [to - RATES_MS / 1000, to] },
        y: { range: (_chart, _from, to) => [0, Math.max(10, to * 1.15)] },
      },
      axes: [
        { ...axis, grid: { show: false }, space: 80, values: times, size: 28 },
        { ...axis, space: 44, size: 52 },
      ],
      series: [{}, { stroke: colour("--accent"), fill: colour("--accent-wash"), width: 2, points: { show: false } }],
    },
    columns(rates),
    element,
  );
};

const times = (_chart: uPlot, splits: number[]): string[] =>
  splits.map((at) =>
    new Date(at * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  );

/** A canvas takes no variables of CSS: this is the colour that one stands for now. */
const resolvedColour = (element: HTMLElement, name: string): string => {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};
