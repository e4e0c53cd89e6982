/** The languages of the page, as BCP 47 writes them. */
export const LANGUAGES = ["en", "ja"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each calls itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = { en: "English", ja: "日本語" };

export const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((known) => known === text);

/** The first of a person's languages that the page has; English without any. */
export const languageFor = (preferred: readonly string[]): Language =>
  preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
