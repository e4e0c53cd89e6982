import type { Author } from "../../index.ts";
import { colourOf, nameOf } from "../text/shown.ts";

/** As many as style/messages.css has. */
const COLOURS = 8;

/** The first character of a name in a colour of its own: it tells people apart at a glance, and says nothing more. */
export const Avatar = ({ author }: { author: Author }) => (
  <span class={`avatar colour-${colourOf(author.id, COLOURS)}`} aria-hidden="true">
    {[...nameOf(author).replace(/^#/, "")][0]?.toUpperCase()}
  </span>
);
