import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const FOLDER = fileURLToPath(new URL("../docs/images/", import.meta.url));

/** A line around the picture: the documentation may be as white as the page. */
const FRAME =
  "html::after { content: ''; position: fixed; inset: 0; border: 1px solid #8888; pointer-events: none; z-index: 9999 }";

/** Saves what a page shows as a picture for the documentation, and says so. */
export const take = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `${FOLDER}${name}.png`, style: FRAME });
  process.stdout.write(`docs/images/${name}.png\n`);
};
