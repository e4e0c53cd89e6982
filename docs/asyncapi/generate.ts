/** `npm run asyncapi`: writes `docs/asyncapi.json`, the AsyncAPI document of the protocol. */
import { writeFileSync } from "node:fs";
import { asyncApiText } from "./document.ts";

writeFileSync(new URL("../asyncapi.json", import.meta.url), asyncApiText());
