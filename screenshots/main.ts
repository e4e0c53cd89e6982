/** `npm run screenshots`: the pictures in docs/images, of local runtimes of their own. `-- chat` or `-- console` for one. */
import { launchBrowser } from "../test/support/browser.ts";
import { photographChat } from "./chat.ts";
import { photographConsole } from "./console.ts";
import { packagedFonts } from "./fonts.ts";

const [only] = process.argv.slice(2);
const browser = await launchBrowser(await packagedFonts());
try {
  if (only !== "console") await photographChat(browser);
  if (only !== "chat") await photographConsole(browser);
} finally {
  await browser.close();
}
