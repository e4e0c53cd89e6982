/** The page without its code, in which nothing is a link or a heading. */
export const proseOf = (markdown: string): string => markdown.replaceAll(/^```.*?^```/gms, "");

/** The anchors of a page, as GitHub makes them of its headings: lower case, without punctuation, spaces as hyphens. */
export const anchorsIn = (markdown: string): string[] =>
  [...proseOf(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
