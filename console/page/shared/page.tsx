import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

interface Props {
  /** The heading, and the window's title. */
  title: string;
  /** Above the heading. */
  above?: ComponentChildren;
  /** Below the heading. */
  lead?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of the console below its header. */
export const Page = ({ title, above, lead, children }: Props) => {
  useEffect(() => {
    document.title = `${title} · Roomcast`;
  }, [title]);
  return (
    <div class="page">
      <div class="head">
        {above && <p class="above">{above}</p>}
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <div class="lead">{lead}</div>}
      </div>
      {children}
    </div>
  );
};
