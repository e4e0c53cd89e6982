import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { type Anchor, anchorAt, offsetsOf, type RowWindow, topOf, windowAt } from "./list-layout.ts";

/** What a row is taken to be high until it has been drawn. */
const ESTIMATE = 44;

/** Of rows that are no longer there the heights are forgotten, when there are so many of them. */
const FORGOTTEN_FROM = 1_000;
const forgetOthers = (heights: Map<string, number>, rows: readonly { readonly key: string }[]) => {
  const known = new Set(rows.map(({ key }) => key));
  for (const key of heights.keys()) if (!known.has(key)) heights.delete(key);
};

/**
 * A scroll that somebody began before going to the end runs on for some hundred milliseconds, smooth or by its momentum,
 * and browsers let it go on from where a page has scrolled to meanwhile: for so long it is taken back.
 */
const RUNS_ON_MS = 1_000;
/** What begins a scroll anew. A scroll bar is dragged by the pointer. */
const SCROLLING = ["wheel", "pointerdown", "keydown"] as const;

export interface AnchoredList {
  readonly window: RowWindow;
  /** How many pixels are between the top of what is seen and that of the list. */
  readonly top: number;
  readonly height: number;
  readonly isAtEnd: boolean;
  /** For the element that scrolls, and for the list of rows in it. */
  readonly scroller: { current: HTMLDivElement | null };
  readonly list: { current: HTMLOListElement | null };
  scrolled(): void;
  toEnd(): void;
}

/**
 * A long list of which only a window is in the page. Rows are as high as they are: they are measured once drawn, and
 * what somebody reads stays where it is while rows come above, below, or turn out higher than they were taken to be.
 */
export const useAnchoredList = (rows: readonly { readonly key: string }[]): AnchoredList => {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const heights = useRef(new Map<string, number>()).current;
  const state = useRef({ anchor: "end" as Anchor, height: 0, width: 0, setTo: -1, heldUntil: 0 }).current;

  const offsets = offsetsOf(rows, (key) => heights.get(key) ?? ESTIMATE);
  const top = topOf(state.anchor, rows, offsets, state.height);
  const shown = windowAt(offsets, top, state.height);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      // Lines break elsewhere in another width.
      if (element.clientWidth !== state.width) heights.clear();
      state.width = element.clientWidth;
      state.height = element.clientHeight;
      redraw(undefined);
    });
    observer.observe(element);
    const letGo = () => {
      state.heldUntil = 0;
    };
    for (const type of SCROLLING) element.addEventListener(type, letGo, { passive: true });
    return () => observer.disconnect();
  }, [heights, state]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const drawn = list.current;
    if (!element || !drawn) return;
    let hasChanged = false;
    [...drawn.children].forEach((row, index) => {
      const key = rows[shown.first + index]?.key;
      const { height } = row.getBoundingClientRect();
      if (key === undefined || Math.abs((heights.get(key) ?? 0) - height) < 0.5) return;
      heights.set(key, height);
      hasChanged = true;
    });
    if (heights.size > rows.length + FORGOTTEN_FROM) forgetOthers(heights, rows);
    if (hasChanged) return redraw(undefined);
    const target = state.anchor === "end" ? element.scrollHeight : drawn.offsetTop + top;
    if (Math.abs(element.scrollTop - target) > 1) element.scrollTop = target;
    state.setTo = element.scrollTop;
  });

  return {
    window: shown,
    top,
    height: state.height,
    isAtEnd: state.anchor === "end",
    scroller,
    list,
    scrolled: () => {
      const element = scroller.current;
      // What we have scrolled ourselves is where it should be.
      if (!element || !list.current || Math.abs(element.scrollTop - state.setTo) <= 1) return;
      state.setTo = -1;
      const top = element.scrollTop - list.current.offsetTop;
      // Its height may have changed since it was observed, and be the very reason of the scroll.
      if (performance.now() >= state.heldUntil) state.anchor = anchorAt(rows, offsets, top, element.clientHeight);
      redraw(undefined);
    },
    toEnd: () => {
      state.anchor = "end";
      state.heldUntil = performance.now() + RUNS_ON_MS;
      redraw(undefined);
    },
  };
};
