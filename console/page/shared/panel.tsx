import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  title: string;
  /** At the right of the title. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A titled part of a page. */
export const Panel = ({ title, aside, children }: Props) => {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside && <div class="aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
};
