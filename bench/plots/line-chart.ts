import { labelPlaces } from "./label-places.ts";
import { type LogScale, logScale } from "./log-scale.ts";
import { COLOURS, STYLE } from "./style.ts";
import { element, text } from "./svg.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Drawn hollow: the value holds for a part only. */
  readonly partial?: boolean;
}

export interface Series {
  readonly name: string;
  /** `ours` is drawn thick, `limit` dashed. */
  readonly role: "ours" | "limit" | "other";
  /** In the order of `x`; both values above 0. Without any it is left out, and the others keep their colours. */
  readonly points: readonly Point[];
}

interface Axis {
  readonly label: string;
  readonly format: (value: number) => string;
}

export interface LineChart {
  readonly title: string;
  /** What the picture says, for those who do not see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** What a hollow point means. */
  readonly partial?: string;
}

const WIDTH = 800;
const HEIGHT = 460;
const LEFT = 72;
const RIGHT = 590;
const TOP = 64;
const BOTTOM = 396;
const LABELS = RIGHT + 22;

/**
 * Lines on two logarithmic axes, each named at its end, as an SVG file that is light or dark as its reader's system is.
 * The same chart gives the same text.
 */
export const lineChart = (chart: LineChart): string => {
  const series = coloured(chart.series).filter(({ points }) => points.length > 0);
  const points = series.flatMap((line) => line.points);
  const x = logScale(
    points.map((point) => point.x),
    [LEFT, RIGHT],
  );
  const y = logScale(
    points.map((point) => point.y),
    [BOTTOM, TOP],
  );
  const ends = series.map((line) => y.at((line.points.at(-1) as Point).y));
  const places = labelPlaces(ends, [TOP, BOTTOM]);
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      "aria-labelledby": "title description",
    },
    element("title", { id: "title" }, text(chart.title)),
    element("desc", { id: "description" }, text(chart.description)),
    element("style", {}, STYLE),
    element("rect", { class: "surface", width: WIDTH, height: HEIGHT }),
    element("text", { class: "title", x: 20, y: 32 }, text(chart.title)),
    ...grid(chart, x, y),
    // Ours last, over the others.
    ...series
      .toSorted((a, b) => Number(a.role === "ours") - Number(b.role === "ours"))
      .map((line) => lineOf(line, x, y, chart)),
    ...series.map((line, index) => labelOf(line, places[index] as number)),
    ...(chart.partial && points.some(({ partial }) => partial) ? [legend(chart.partial)] : []),
  )}\n`;
};

interface Coloured extends Series {
  /** The class that it is drawn in. */
  readonly kind: string;
}

/** Lines in their role's colour, or each in one of its own. */
const coloured = (series: readonly Series[]): Coloured[] => {
  const others = series.filter(({ role }) => role === "other");
  if (others.length > COLOURS) throw new Error(`A chart has colours for ${COLOURS} lines besides ours and the limit.`);
  return series.map((line) => ({
    ...line,
    kind: line.role === "other" ? `other-${others.indexOf(line) + 1}` : line.role,
  }));
};

const grid = (chart: LineChart, x: LogScale, y: LogScale): string[] => [
  ...y.ticks.flatMap((tick) => [
    element("line", { class: "grid", x1: LEFT, x2: RIGHT, y1: y.at(tick), y2: y.at(tick) }),
    element(
      "text",
      { class: "tick", x: LEFT - 10, y: y.at(tick) + 4, "text-anchor": "end" },
      text(chart.y.format(tick)),
    ),
  ]),
  ...x.ticks.map((tick) =>
    element(
      "text",
      { class: "tick", x: x.at(tick), y: BOTTOM + 20, "text-anchor": "middle" },
      text(chart.x.format(tick)),
    ),
  ),
  element("text", { class: "axis", x: RIGHT, y: BOTTOM + 46, "text-anchor": "end" }, text(chart.x.label)),
  element("text", { class: "axis", x: 20, y: TOP - 12 }, text(chart.y.label)),
];

const lineOf = ({ name, kind, points }: Coloured, x: LogScale, y: LogScale, chart: LineChart): string =>
  element(
    "g",
    { class: kind },
    element("polyline", {
      points: points.map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`).join(" "),
    }),
    ...points.map((point) =>
      element(
        "circle",
        { class: point.partial ? "partial" : "whole", cx: x.at(point.x), cy: y.at(point.y), r: 4 },
        element("title", {}, text(`${name}, ${chart.x.format(point.x)}: ${chart.y.format(point.y)}`)),
      ),
    ),
  );

const labelOf = ({ name, kind }: Coloured, y: number): string =>
  element(
    "g",
    { class: kind },
    element("line", { class: "swatch", x1: LABELS - 12, x2: LABELS + 4, y1: y, y2: y }),
    element("text", { class: "label", x: LABELS + 10, y: y + 4 }, text(name)),
  );

const legend = (meaning: string): string =>
  element(
    "g",
    { class: "legend" },
    element("circle", { class: "partial", cx: LEFT + 6, cy: BOTTOM + 42, r: 4 }),
    element("text", { class: "tick", x: LEFT + 16, y: BOTTOM + 46 }, text(meaning)),
  );
