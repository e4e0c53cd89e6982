import { useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { type Anchor, anchorAt, offsetsOf, type RowWindow, topOf, windowAt } from "./list-layout.ts";

/** What a row is taken to be high until it has been drawn. */
const ESTIMATE = 44;

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
export const useAnchoredList = (keys: readonly string[]): AnchoredList => {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const heights = useRef(new Map<string, number>()).current;
  const state = useRef({ anchor: "end" as Anchor, height: 0, width: 0, setTo: -1 }).current;

  const offsets = offsetsOf(keys, (key) => heights.get(key) ?? ESTIMATE);
  const top = topOf(state.anchor, keys, offsets, state.height);
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
    return () => observer.disconnect();
  }, [heights, state]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const rows = list.current;
    if (!element || !rows) return;
    let hasChanged = false;
    [...rows.children].forEach((row, index) => {
      const key = keys[shown.first + index];
      const { height } = row.getBoundingClientRect();
      if (key === undefined || Math.abs((heights.get(key) ?? 0) - height) < 0.5) return;
      heights.set(key, height);
      hasChanged = true;
    });
    if (hasChanged) return redraw(undefined);
    const target = state.anchor === "end" ? element.scrollHeight : rows.offsetTop + top;
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
      state.anchor = anchorAt(keys, offsets, element.scrollTop - list.current.offsetTop, state.height);
      redraw(undefined);
    },
    toEnd: () => {
      state.anchor = "end";
      redraw(undefined);
    },
  };
};
