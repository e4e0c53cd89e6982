/** What an AWS CLI or SDK needs to look into the runtime that runs: `eval "$(npm run --silent credentials)"`. */
import { parseArgs } from "node:util";
import { findRunning, type Running } from "./data-folder.ts";
import { PLACE } from "./load-app.ts";

/** The variables that a shell sets. */
const variablesFor = ({ origin, accessKeyId, secretAccessKey }: Running): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: origin,
  // The CLI reads the first, the SDK for JavaScript the second.
  AWS_DEFAULT_REGION: PLACE.region,
  AWS_REGION: PLACE.region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  // Another account's must not be sent with these keys. Empty, not unset: dynamodb-admin would send one of its own.
  AWS_SESSION_TOKEN: "",
  // Else the CLI prepends `sync-` to the host for StartSyncExecution.
  AWS_DISABLE_HOST_PREFIX_INJECTION: "true",
  DYNAMO_ENDPOINT: origin,
});

/** What a shell forgets: a profile may take the place of these keys. */
const forgotten = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

const shellText = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

try {
  const { values } = parseArgs({ options: { data: { type: "string", default: ".roomcast" } } });
  const running = await findRunning(values.data);
  if (!running) throw new Error(`Nothing runs on the data folder ${values.data}: begin with npm start.`);
  for (const [name, value] of Object.entries(variablesFor(running)))
    process.stdout.write(`export ${name}=${shellText(value)}\n`);
  process.stdout.write(`unset ${forgotten.join(" ")}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
