/** `npm start`: runs the synthesized template on this machine until Ctrl-C. */
import { enableCompileCache } from "node:module";
import { systemClock } from "./clock.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import type { Runtime } from "./runtime.ts";
import { jsonLog, terminalLog, withoutDebug } from "./terminal-log.ts";

const write = (text: string) => process.stdout.write(text);

const main = async ({ json, ...options }: Options) => {
  const began = systemClock.now();
  enableCompileCache();
  const log = withoutDebug((json ? jsonLog : terminalLog)(write, systemClock));
  // The CDK and all else are loaded after the options are read: a mistake is said at once.
  const { startRuntime } = await import("./runtime.ts");
  // The runtime's timers keep no process alive, and while it waits for an outside DynamoDB nothing else does.
  const starting = setInterval(() => {}, 60_000);
  const runtime = await startRuntime({ ...options, log });
  clearInterval(starting);

  // Before it is told that all is there: who reads that may end it at once.
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(130);
    stopping = true;
    log({ level: "info", from: "roomcast", message: "stopping; once more to stop at once" });
    await runtime.stop();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  const { origin, webSocketEndpoints } = runtime;
  const [webSocketEndpoint = ""] = webSocketEndpoints;
  const readyMs = systemClock.now() - began;
  log({ level: "info", from: "roomcast", message: "ready", details: { webSocketEndpoint, origin, readyMs } });
  if (!json) write(greeting(runtime, options.data) + (options.tls ? trusting(options.data) : ""));
};

const greeting = (
  { origin, pagesOrigin, site, webSocketEndpoints: [webSocketEndpoint = ""] }: Runtime,
  data: string,
) => `
${site === undefined ? "" : `  Page        ${site}\n`}  WebSocket   ${webSocketEndpoint}
  Console     ${pagesOrigin}/console
  AWS APIs    ${origin}   (credentials in ${data}/runtime.json)

  Try it:     npx wscat -c "${webSocketEndpoint}?room=lobby&name=ann"
              > {"message":"publish","data":"hello"}
  or:         npm run chat -- --endpoint ${webSocketEndpoint} --room lobby --name ann

`;

/** Nobody knows the certificate but this machine. */
const trusting = (data: string) => `  The certificate is our own: tell Node's programs with
              export NODE_EXTRA_CA_CERTS="${data}/tls/certificate.pem"

`;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") write(`${USAGE}\n`);
  else await main(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
