import { usePage } from "../page-context.ts";

/** How much is unread, where anything is. */
export const Badge = ({ count }: { count: number }) => {
  const { words } = usePage();
  if (count === 0) return null;
  return (
    <>
      <span class="badge" aria-hidden="true">
        {count > 99 ? "99+" : count}
      </span>
      <span class="unseen">{words.value.unread(count)}</span>
    </>
  );
};
