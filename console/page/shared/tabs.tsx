import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** How many things are in it. */
  readonly count?: string | undefined;
  readonly content: () => ComponentChildren;
}

interface Props {
  name: string;
  tabs: readonly Tab[];
  shown: string;
  onShow(id: string): void;
}

/** Tabs as the ARIA Authoring Practices describe them: one stop for Tab, arrow keys between them. */
export const Tabs = ({ name, tabs, shown, onShow }: Props) => {
  const prefix = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = tabs.find(({ id }) => id === shown) ?? tabs[0];
  const move = (event: KeyboardEvent) => {
    const here = tabs.findIndex(({ id }) => id === current?.id);
    const end = tabs.length - 1;
    const to = { ArrowRight: here === end ? 0 : here + 1, ArrowLeft: here === 0 ? end : here - 1, Home: 0, End: end }[
      event.key
    ];
    const next = to === undefined ? undefined : tabs[to];
    if (!next) return;
    event.preventDefault();
    onShow(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={name} ref={list} onKeyDown={move}>
        {tabs.map(({ id, label, count }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}-${id}`}
            data-tab={id}
            aria-selected={id === current?.id}
            aria-controls={id === current?.id ? `${prefix}-panel` : undefined}
            tabIndex={id === current?.id ? 0 : -1}
            onClick={() => onShow(id)}
          >
            {label} {count !== undefined && <span class="many">{count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${prefix}-panel`} aria-labelledby={`${prefix}-${current?.id}`}>
        {current?.content()}
      </div>
    </div>
  );
};
