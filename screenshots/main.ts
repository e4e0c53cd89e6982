/** `npm run screenshots`: the pictures in docs/images, of local runtimes of their own. `-- chat` or `-- console` for one. */
import { inDirectory } from "../bench/on-runtime.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { photographChat } from "./chat.ts";
import { photographConsole } from "./console.ts";
import { packagedFonts } from "./fonts.ts";

const PICTURES = { chat: photographChat, console: photographConsole };

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(PICTURES, name));
if (unknown === undefined)
  await inDirectory(async (directory) => {
    const browser = await launchBrowser(await packagedFonts(directory));
    try {
      for (const [name, photograph] of Object.entries(PICTURES))
        if (wanted.length === 0 || wanted.includes(name)) await photograph(browser);
    } finally {
      await browser.close();
    }
  });
else {
  process.stderr.write(`Which pictures? npm run screenshots -- ${Object.keys(PICTURES).join(" | ")}, not ${unknown}\n`);
  process.exitCode = 1;
}
