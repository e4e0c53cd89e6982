import type { Author } from "../../index.ts";
import { usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import type { Entry } from "../state/timeline.ts";
import { piecesOf } from "../text/links.ts";
import { nameOf, textOf } from "../text/shown.ts";
import { Avatar } from "./avatar.tsx";
import { headOf, type Row, saidIn } from "./rows.ts";
import { UnsentState } from "./unsent-state.tsx";

interface Props {
  row: Row;
  above: Row | undefined;
  self: Author;
  room: RoomStore;
}

export const MessageRow = ({ row, above, self, room }: Props) => {
  const { now, times, words } = usePage();
  const said = saidIn(row, self);
  if (!said) return <li class="missed">{row.entry && wordsOfMissed(row.entry, words.value)}</li>;
  const { newDay, goesOn } = headOf(row, above, self);
  const isOwn = row.unsent !== undefined || said.from.id === self.id;
  const text = row.unsent?.text ?? (row.entry?.kind === "message" ? textOf(row.entry.message.data) : "");
  return (
    <li class={goesOn ? "goes-on" : ""}>
      {newDay && <h2 class="day">{times.value.day(said.at, now.value)}</h2>}
      <article class={isOwn ? "said own" : "said"}>
        <Avatar author={said.from} />
        <p class="who">
          <b>{nameOf(said.from)}</b> {isOwn && <span class="aside">{words.value.you}</span>}
        </p>
        <time dateTime={new Date(said.at).toISOString()} title={times.value.moment(said.at)}>
          {times.value.time(said.at)}
        </time>
        <p class="text">
          <Linked text={text} />
        </p>
        {row.unsent && <UnsentState unsent={row.unsent} room={room} />}
      </article>
    </li>
  );
};

/** A link opens elsewhere, and tells there neither the room in our address nor anything to take hold of. */
const Linked = ({ text }: { text: string }) =>
  piecesOf(text).map(({ text, href }, index) =>
    href ? (
      <a key={index} href={href} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    ) : (
      text
    ),
  );

const wordsOfMissed = (entry: Entry, words: ReturnType<typeof usePage>["words"]["value"]): string => {
  if (entry.kind !== "missed") return "";
  const { from, to, reason } = entry.missed;
  return reason === "epoch" ? words.begunAnew : words.missed(to - from + 1);
};
