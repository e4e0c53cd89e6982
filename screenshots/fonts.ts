import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";

const packaged = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "bin");

/**
 * The environment in which the browser writes Latin script as it does everywhere, with the font of its package. What
 * that font lacks, such as Japanese, it takes from the machine's own.
 * @param directory where the configuration may lie as long as the browser runs
 */
export const packagedFonts = async (directory: string): Promise<NodeJS.ProcessEnv> => {
  const fonts = await inflate(join(packaged, "fonts.tar.br"));
  const FONTCONFIG_FILE = join(directory, "fonts.conf");
  const families = ["system-ui", "sans-serif"].map(
    (family) => `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
  );
  await writeFile(
    FONTCONFIG_FILE,
    `<fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><dir prefix="xdg">fonts</dir>
     <cachedir prefix="xdg">fontconfig</cachedir>${families.join("")}</fontconfig>`,
  );
  return { FONTCONFIG_FILE };
};
