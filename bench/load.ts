/** The process that makes the load: `node load.ts '<Load as JSON>'` prints what it saw as one JSON line. */
import { type Load, loadRoom } from "./room-load.ts";

const load: Load = JSON.parse(process.argv[2] ?? "{}");
process.stdout.write(`${JSON.stringify(await loadRoom(load))}\n`);
