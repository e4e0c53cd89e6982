import { isLanguage, type Language } from "../words/language.ts";

/** What the page keeps in the browser from one visit to the next. */
export interface Kept {
  name: string | undefined;
  /** Makes the guest the same one at the next visit. */
  secret: string | undefined;
  /** The identity that the server knows by that secret, once it was told. */
  self: string | undefined;
  language: Language | undefined;
  rooms: readonly string[];
  draft(room: string): string;
  keepDraft(room: string, text: string): void;
  /** The number of the newest message that was seen in a room. */
  read(room: string): number | undefined;
  keepRead(room: string, seq: number): void;
  /** Forgets what was kept of a room that is left. */
  forget(room: string): void;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "roomcast.";

/** @param store `localStorage`, which a browser may refuse altogether or find full: then nothing is kept. */
export const createKept = (store: () => Store): Kept => {
  const get = (key: string): string | undefined => {
    try {
      return store().getItem(PREFIX + key) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const set = (key: string, value: string | undefined) => {
    try {
      if (value) store().setItem(PREFIX + key, value);
      else store().removeItem(PREFIX + key);
    } catch {
      // The page works all the same, and the next visit begins anew.
    }
  };

  return {
    get name() {
      return get("name");
    },
    set name(name) {
      set("name", name);
    },
    get secret() {
      return get("secret");
    },
    set secret(secret) {
      set("secret", secret);
    },
    get self() {
      return get("self");
    },
    set self(id) {
      set("self", id);
    },
    get language() {
      const language = get("language");
      return isLanguage(language) ? language : undefined;
    },
    set language(language) {
      set("language", language);
    },
    get rooms() {
      return namesIn(get("rooms"));
    },
    set rooms(rooms) {
      set("rooms", rooms.length > 0 ? JSON.stringify(rooms) : undefined);
    },
    draft: (room) => get(`draft.${room}`) ?? "",
    keepDraft: (room, text) => set(`draft.${room}`, text),
    read: (room) => {
      const seq = Number(get(`read.${room}`) ?? Number.NaN);
      return Number.isInteger(seq) ? seq : undefined;
    },
    keepRead: (room, seq) => set(`read.${room}`, String(seq)),
    forget: (room) => {
      set(`draft.${room}`, undefined);
      set(`read.${room}`, undefined);
    },
  };
};

const namesIn = (text: string | undefined): string[] => {
  try {
    const names: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
};
