/** `npm run screenshots`: the pictures in docs/images, of local runtimes of their own. `-- chat` or `-- console` for one. */
import { inDirectory } from "../bench/on-runtime.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { photographChat } from "./chat.ts";
import { photographConsole } from "./console.ts";
import { packagedFonts } from "./fonts.ts";

const [only] = process.argv.slice(2);
await inDirectory(async (directory) => {
  const browser = await launchBrowser(await packagedFonts(directory));
  try {
    if (only !== "console") await photographChat(browser);
    if (only !== "chat") await photographConsole(browser);
  } finally {
    await browser.close();
  }
});
