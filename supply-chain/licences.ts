/** `npm run licences`: writes `docs/licences.md`, the list of what comes from others. */
import { writeFileSync } from "node:fs";
import { deployedPaths } from "./deployed.ts";
import { licencePage } from "./licence-page.ts";
import { readLock } from "./lock.ts";

const root = new URL("../", import.meta.url);
writeFileSync(
  new URL("docs/licences.md", root),
  licencePage(readLock(new URL("package-lock.json", root)), await deployedPaths()),
);
