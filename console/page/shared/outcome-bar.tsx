/** How the recipients came out, as a bar; what it says stands beside it in words. */
export const OutcomeBar = ({ parts }: { parts: Readonly<Record<string, number>> }) => (
  <span class="outcome-bar" aria-hidden="true">
    {Object.entries(parts).map(
      ([outcome, value]) => value > 0 && <i key={outcome} class={`is-${outcome}`} style={{ flexGrow: value }} />,
    )}
  </span>
);
