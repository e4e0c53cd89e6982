import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { onTestFinished } from "vitest";
import { readConfig } from "../../infra/config.ts";
import { RoomcastStack } from "../../infra/roomcast-stack.ts";

const { context } = JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8"));
const functions = readdirSync(new URL("../../functions", import.meta.url)).filter((file) => file.endsWith(".ts"));
/** Functions without code, which no template shows. */
const bundles = new Map(functions.map((file) => [file.replace(/\.ts$/, ""), new Uint8Array()]));

/** A page without contents. */
const chatPage = ["index.html", "main-1a2b.js", "main-3c4d.css", "not-found.html"].map((name) => ({
  name,
  contentType: "text/plain",
  cacheControl: /-\w{4}\./.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
  contents: new Uint8Array(),
}));

/** The CDK app with this configuration, given as CDK context, in a folder that goes when the test is finished. */
export const appWith = (config: Readonly<Record<string, unknown>> = {}) => {
  const outdir = mkdtempSync(join(tmpdir(), "roomcast-app-"));
  onTestFinished(() => rmSync(outdir, { recursive: true, force: true }));
  // No template shows where assets lie, and one of CDK's own has 22 MB: they are left there.
  const staging = { "aws:cdk:disable-asset-staging": true };
  const app = new App({
    outdir,
    context: { ...context, ...staging, ...config },
    builtinCloudFormationValidation: false,
  });
  const stack = new RoomcastStack(app, readConfig(app), { bundles, chatPage });
  return { app, stack };
};

/** A resource of a template, as far as tests look at it. */
interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** What the app with this configuration synthesizes. */
export const templateWith = (config?: Readonly<Record<string, unknown>>) => {
  const { app, stack } = appWith(config);
  const { template, messages } = app.synth().getStackByName(stack.stackName);
  const resources: Readonly<Record<string, Resource>> = template.Resources;
  return {
    stackName: stack.stackName,
    messages,
    outputs: template.Outputs as Readonly<Record<string, { Value: unknown }>>,
    resources,
    /** Those of this project: CDK has some of its own. */
    functions: Object.values(resources).filter(
      ({ Type, Properties }) => Type === "AWS::Lambda::Function" && Properties.Handler !== "index.handler",
    ),
    ofType: (type: string) => Object.values(resources).filter((resource) => resource.Type === type),
  };
};
