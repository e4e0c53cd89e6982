import { resolve } from "node:path";
import * as v from "valibot";
import type { JsonObject } from "../json.ts";
import { problemsOf } from "./schema-problems.ts";
import { TemplateError } from "./template-error.ts";

/** The part of CDK's asset manifest that says where the objects come from; the rest is for uploading them. */
const manifestSchema = v.object({
  files: v.optional(
    v.record(
      v.string(),
      v.object({
        source: v.object({ path: v.string(), packaging: v.optional(v.picklist(["zip", "file"])) }),
        destinations: v.record(v.string(), v.object({ bucketName: v.string(), objectKey: v.string() })),
      }),
    ),
    {},
  ),
});

/** Finds where an S3 object of the deployed template lies in the cloud assembly. */
export const createAssets = (needs: {
  readonly assets: JsonObject | undefined;
  readonly assemblyDirectory: string;
  readonly region: string;
  readonly account: string;
}): ((bucket: string, key: string) => string) => {
  const manifest = v.safeParse(manifestSchema, needs.assets ?? {});
  if (!manifest.success) throw new TemplateError(problemsOf(manifest.issues, "The asset manifest"));
  // A stack that is not bound to an account and Region names its bucket with these two left open.
  const filled = (name: string) =>
    name
      .replaceAll(`\${AWS::AccountId}`, needs.account)
      .replaceAll(`\${AWS::Region}`, needs.region)
      .replaceAll(`\${AWS::Partition}`, "aws");

  const places = new Map<string, string>();
  for (const { source, destinations } of Object.values(manifest.output.files))
    for (const { bucketName, objectKey } of Object.values(destinations))
      places.set(`${filled(bucketName)}/${filled(objectKey)}`, resolve(needs.assemblyDirectory, source.path));
  return (bucket, key) => {
    const place = places.get(`${bucket}/${key}`);
    if (place !== undefined) return place;
    throw new Error(`${key} in the bucket ${bucket} is no asset of this stack: only code that CDK bundles is run here`);
  };
};
