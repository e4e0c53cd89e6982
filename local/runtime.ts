import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { type Clock, systemClock } from "./clock.ts";
import { createSite } from "./cloudfront/site.ts";
import { createConsole } from "./console/console.ts";
import { openDataFolder } from "./data-folder.ts";
import { createFaults } from "./faults/faults.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { keptCertificate } from "./http/certificate.ts";
import { openPorts, type Ports } from "./http/ports.ts";
import { type Answered, createIam } from "./iam/iam.ts";
import type { InvokeFunction } from "./lambda/invoke.ts";
import { loadApp, PLACE, type Synthesize } from "./load-app.ts";
import type { Log } from "./log.ts";
import type { RunRecord } from "./record/record.ts";
import { startServices } from "./services.ts";
import { synthesize as synthesizeApp } from "./synthesize.ts";

/**
 * How long after the start what was interrupted is delivered: the clients of a runtime that was killed need a moment
 * to connect again, and until then there is nobody to deliver to.
 */
const RECOVER_AFTER_MS = 5_000;

export interface RuntimeOptions {
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** The address that it is on; 127.0.0.1, which only this machine reaches, unless another is given. */
  readonly host?: string;
  /** The folder that the data is kept in. */
  readonly data: string;
  /** Begin with no data. */
  readonly fresh: boolean;
  /** An outside DynamoDB to keep the tables in, for example `http://localhost:8000`; without it, the embedded one. */
  readonly dynamodb?: string | undefined;
  /** Serve wss and https, with a self-signed certificate that the data folder keeps. */
  readonly tls?: boolean;
  readonly log: Log;
  /** The app to run: this project's, unless a test gives another. */
  readonly synthesize?: Synthesize;
  /** CDK context for this project's app, before that of `cdk.json`. */
  readonly context?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** The clock of the state machines, which wait for seconds between retries. */
  readonly executionClock?: Clock;
  /** What is to go wrong; nothing, unless it is asked for. */
  readonly faults?: FaultPlan | undefined;
  /** False records nothing of what happens: the console shows no messages then. */
  readonly record?: boolean;
  /** Hears every answer of IAM. */
  readonly onIamAnswer?: (answered: Answered) => void;
}

/** A running stack. */
export interface Runtime {
  /** For example `http://127.0.0.1:3000`, or `https://…` with TLS: the AWS endpoint of every service. */
  readonly origin: string;
  /** Where the console is: elsewhere than the rest where others than this machine reach that. */
  readonly pagesOrigin: string;
  /** Where the stack's own site is, if it has one. */
  readonly site: string | undefined;
  /** Where clients connect, a stage each. */
  readonly webSocketEndpoints: readonly string[];
  /** The stack's outputs, as CloudFormation would show them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Credentials that may do everything. */
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Those that are run: not those of custom resources, which the runtime makes itself. */
  readonly functions: readonly { readonly name: string; readonly handler: string }[];
  readonly invoke: InvokeFunction;
  /** What has happened. */
  readonly record: Pick<RunRecord, "find" | "latest">;
  /** Closes every connection with a close frame, then ends everything in the reverse order of the start. */
  stop(): Promise<void>;
}

/**
 * Starts everything that the template declares, in the order in which one needs the other.
 * @throws Error, in words for a person, when it cannot start; then nothing of it is left running
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(options, (end) => void ends.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const start = async (options: RuntimeOptions, onStop: (end: () => Promise<void>) => void) => {
  const { port, data, fresh, log, clock = systemClock, executionClock = clock } = options;
  const { synthesize = (outdir: string) => synthesizeApp(outdir, options.context) } = options;
  const folder = await openDataFolder(data, fresh);
  onStop(folder.withdraw);
  const stack = await loadApp(synthesize, folder.of("cloudformation"));
  const operator = { accessKeyId: `AKIA${hex(8).toUpperCase()}`, secretAccessKey: hex(20) };
  const onAnswer = (answered: Answered) => {
    // Whoever is refused may handle it, or tell a client nothing: that the template lacks a permission is always said.
    if (answered.refusal !== undefined) log({ level: "warn", from: "iam", message: answered.refusal });
    options.onIamAnswer?.(answered);
  };
  const iam = createIam({ stack, ...PLACE, operator, onAnswer });

  const faults = createFaults(options.faults ?? { seed: 1, faults: {} });
  let ready = false;
  let ports: Ports | undefined;
  const running = await startServices({
    stack,
    iam,
    folder,
    clock,
    executionClock,
    dynamodb: options.dynamodb,
    log,
    faults,
    recording: options.record ?? true,
    origin: () => ports?.innerOrigin ?? "",
    onStop,
    closePort: async () => ports?.close(),
  });
  const { services, callService, functions, buses, webSocketApis, xray, record } = running;
  const webSocketEndpoints = () =>
    webSocketApis.stages.map((stage) => `${ports?.origin.replace("http", "ws")}/${stage}`);
  const consoleDoor = createConsole({
    stackName: stack.name,
    region: PLACE.region,
    outputs: stack.outputs,
    origin: () => ports?.innerOrigin ?? "",
    operator,
    record,
    faults,
    clock,
    log,
  });
  const site = createSite({ stack, iam, account: PLACE.account, now: clock.now, addresses: webSocketApis.addresses });
  const certificate = options.tls ? await keptCertificate(join(data, "tls"), clock.now()) : undefined;
  const served = {
    iam,
    clock,
    log,
    services,
    call: callService,
    restServices: { lambda: functions.rest, xray: xray.rest },
    webSockets: {
      ...webSocketApis,
      upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        site.present(request);
        webSocketApis.upgrade(request, socket, head);
      },
    },
    pages: consoleDoor.page,
    site: (request: IncomingMessage, response: ServerResponse) =>
      site.serve(request, response) || welcome(request, response, webSocketEndpoints()),
    healthy: () => ready,
  };
  ports = await openPorts(port, certificate, served, options.host);

  // Before the port is closed, which waits for what is still being answered.
  onStop(consoleDoor.stop);

  await functions.warm();
  await folder.announce({ pid: process.pid, origin: ports.innerOrigin, ...operator });
  const cancelRecovery = clock.after(RECOVER_AFTER_MS, () => void buses.recover());
  onStop(async () => cancelRecovery());
  ready = true;
  return {
    origin: ports.origin,
    pagesOrigin: ports.pagesOrigin,
    site: site.isThere ? `${ports.origin}/` : undefined,
    webSocketEndpoints: webSocketEndpoints(),
    outputs: stack.outputs,
    operator,
    functions: running.runnable.map(({ ref, properties }) => ({ name: ref, handler: properties.Handler })),
    invoke: functions.invoke,
    record,
  };
};

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** What a browser is told at `/` by a stack that has no site. */
const welcome = ({ method, url }: IncomingMessage, response: ServerResponse, endpoints: readonly string[]): boolean => {
  if (method !== "GET" || url !== "/") return false;
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end(`The stack runs. WebSocket clients connect to ${endpoints.join(", ")}\n`);
  return true;
};
