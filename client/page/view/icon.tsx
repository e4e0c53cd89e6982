/** Drawn with a line of 2 in a square of 24, in the colour of the text around. */
const LINES = {
  back: "M15 5l-7 7 7 7",
  copied: "M5 13l4 4L19 7",
  leave: "M13 4H6v16h7M10 12h11M17.5 8.5L21 12l-3.5 3.5",
  link: "M9 8H7a4 4 0 0 0 0 8h2M15 8h2a4 4 0 0 1 0 8h-2M8.5 12h7",
  mark: "M4 4h16v13h-7l-5 4v-4H4zM9.5 13a3.5 3.5 0 0 1 0-5M14.5 8a3.5 3.5 0 0 1 0 5M12 10.5h.01",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18.5 14.5a6.5 6.5 0 0 1 3 5.5",
} as const;

/** A picture beside words or in their place; what it stands for is said elsewhere. */
export const Icon = ({ name }: { name: keyof typeof LINES }) => (
  <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d={LINES[name]} />
  </svg>
);
