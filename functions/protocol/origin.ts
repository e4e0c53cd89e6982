import { type Headers, headerOf } from "./headers.ts";
import { Refusal } from "./refusal.ts";

/**
 * Keeps out the pages of other sites: a browser says from which site a page is, and the page cannot change that. What
 * is no browser need not say it, and gets past; it has no user whose cookies or network it could misuse.
 * https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 * @param allowed origins, written as browsers write them; undefined where every site may
 * @throws Refusal FORBIDDEN
 */
export const checkOrigin = (headers: Headers | null | undefined, allowed: readonly string[] | undefined): void => {
  const origin = headerOf(headers, "origin");
  if (origin === undefined || allowed === undefined || allowed.includes(origin)) return;
  throw new Refusal("FORBIDDEN", "Its origin is not one of `allowedOrigins`.");
};
