/** An alarm's description, in which the address of its paragraph in the runbook stands out. */
export const Runbook = ({ description }: { description: string }) => (
  <p class="runbook">
    {description.split(/((?:https?:\/\/|docs\/)[^\s,;]*[^\s,;.)])/).map((part, index) => {
      if (index % 2 === 0) return part;
      return part.startsWith("http") ? (
        <a key={part} href={part}>
          {part}
        </a>
      ) : (
        <code key={part}>{part}</code>
      );
    })}
  </p>
);
