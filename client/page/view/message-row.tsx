import type { Author, Missed } from "../../index.ts";
import { usePage } from "../page-context.ts";
import type { RoomStore } from "../state/room-store.ts";
import { piecesOf } from "../text/links.ts";
import { nameOf, textOf } from "../text/shown.ts";
import type { Words } from "../words/words.ts";
import { Avatar } from "./avatar.tsx";
import { beginsNew, headOf, type Row, saidIn } from "./rows.ts";
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
  if (!said) return <li class="missed">{row.kind === "missed" && wordsOfMissed(row.missed, words.value)}</li>;
  const { newDay, goesOn } = headOf(row, above, self);
  const isNew = beginsNew(row, above, room.readUpTo.value);
  const isOwn = said.from.id === self.id;
  return (
    <li class={goesOn && !isNew ? "goes-on" : ""}>
      {newDay && <h2 class="day">{times.value.day(said.at, now.value)}</h2>}
      {isNew && <p class="new">{words.value.newHere}</p>}
      <article class={isOwn ? "said own" : "said"}>
        <Avatar author={said.from} />
        <p class="who">
          <b dir="auto">{nameOf(said.from)}</b> {isOwn && <span class="aside">{words.value.you}</span>}
        </p>
        <time dateTime={new Date(said.at).toISOString()} title={times.value.moment(said.at)}>
          {times.value.time(said.at)}
        </time>
        <p class="text" dir="auto">
          <Linked text={textIn(row)} />
        </p>
        {row.kind === "unsent" && <UnsentState unsent={row} room={room} />}
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

const textIn = (row: Row): string => {
  if (row.kind === "unsent") return row.text;
  return row.kind === "message" ? textOf(row.message.data) : "";
};

const wordsOfMissed = ({ from, to, reason }: Missed, words: Words): string =>
  reason === "epoch" ? words.begunAnew : words.missed(to - from + 1);
