import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const FOLDER = fileURLToPath(new URL("../docs/images/", import.meta.url));

/** Saves what a page shows as a picture for the documentation, and says so. */
export const take = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  process.stdout.write(`docs/images/${name}.png\n`);
};
