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

/** The CDK app with this configuration, given as CDK context, in a folder that goes when the test is finished. */
export const appWith = (config: Readonly<Record<string, unknown>> = {}) => {
  const outdir = mkdtempSync(join(tmpdir(), "roomcast-app-"));
  onTestFinished(() => rmSync(outdir, { recursive: true, force: true }));
  const app = new App({ outdir, context: { ...context, ...config }, builtinCloudFormationValidation: false });
  const stack = new RoomcastStack(app, readConfig(app), bundles);
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
    ofType: (type: string) => Object.values(resources).filter((resource) => resource.Type === type),
  };
};
