import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as v from "valibot";
import type { JsonObject } from "../json.ts";

/** A stack of a synthesized CDK app. */
export interface SynthesizedStack {
  readonly stackName: string;
  readonly template: JsonObject;
  /** Its asset manifest, where it has assets. */
  readonly assets: JsonObject | undefined;
  /** Where both lie. */
  readonly directory: string;
}

/** Of the cloud assembly's manifest what leads to the stacks. */
const manifestSchema = v.object({
  artifacts: v.record(
    v.string(),
    v.object({
      type: v.string(),
      dependencies: v.optional(v.array(v.string()), []),
      properties: v.optional(
        v.object({
          templateFile: v.optional(v.string()),
          stackName: v.optional(v.string()),
          file: v.optional(v.string()),
          directoryName: v.optional(v.string()),
        }),
        {},
      ),
    }),
  ),
});

/**
 * Reads what `cdk synth` wrote: its stacks in the order of the manifest, those of stages included.
 * @param directory the cloud assembly (`cdk.out`).
 * @throws Error naming the file that is missing or is none of CDK's.
 */
export const readAssembly = (directory: string): { stacks: SynthesizedStack[] } => {
  const path = join(directory, "manifest.json");
  const manifest = v.safeParse(manifestSchema, readJson(path));
  if (!manifest.success) throw new Error(`${path} is not the manifest of a CDK app: ${manifest.issues[0].message}`);
  const { artifacts } = manifest.output;

  const stacks = Object.entries(artifacts).flatMap(([id, { type, dependencies, properties }]): SynthesizedStack[] => {
    if (type === "cdk:cloud-assembly" && properties.directoryName !== undefined)
      return readAssembly(join(directory, properties.directoryName)).stacks;
    if (type !== "aws:cloudformation:stack" || properties.templateFile === undefined) return [];
    const assets = dependencies.map((name) => artifacts[name]).find((other) => other?.type === "cdk:asset-manifest");
    const assetsPath = assets?.properties.file && join(directory, assets.properties.file);
    return [
      {
        stackName: properties.stackName ?? id,
        template: readJson(join(directory, properties.templateFile)),
        assets: assetsPath ? readJson(assetsPath) : undefined,
        directory: assetsPath ? dirname(assetsPath) : directory,
      },
    ];
  });
  return { stacks };
};

const readJson = (path: string): JsonObject => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`Cannot read ${path} of the synthesized app: ${error instanceof Error ? error.message : error}`);
  }
};
