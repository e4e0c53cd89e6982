import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { BucketDeploymentProperties } from "./custom-resources.ts";

/**
 * The files of a deployment's sources by their keys, with its markers filled in, as CDK's function does it: of files of
 * one name the last source's stays.
 * @param assetDirectory where an asset's object lies in the cloud assembly
 * @throws Error for an asset that is no folder there
 */
export const sourceFiles = (
  { SourceBucketNames, SourceObjectKeys, SourceMarkers = [], SourceMarkersConfig = [] }: BucketDeploymentProperties,
  assetDirectory: (bucket: string, key: string) => string,
): ReadonlyMap<string, Buffer> => {
  const files = new Map<string, Buffer>();
  for (const [index, key] of SourceObjectKeys.entries()) {
    const folder = assetDirectory(SourceBucketNames[index] ?? "", key);
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is an archive: only folders are deployed here`);
    const fill = filling(SourceMarkers[index] ?? {}, SourceMarkersConfig[index]?.jsonEscape ?? false);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(relative(folder, path).split(sep).join("/"), fill(readFileSync(path)));
    }
  }
  return files;
};

/** Fills markers in. @param jsonEscape whether the values go between the quotes of a JSON text */
const filling = (markers: Readonly<Record<string, string>>, jsonEscape: boolean) => {
  const values = Object.entries(markers);
  if (values.length === 0) return (contents: Buffer) => contents;
  return (contents: Buffer) => {
    // Byte by byte, so that a file that is no text stays what it is.
    let text = contents.toString("latin1");
    for (const [marker, value] of values) {
      const written = jsonEscape ? JSON.stringify(value).slice(1, -1) : value;
      text = text.replaceAll(marker, () => Buffer.from(written).toString("latin1"));
    }
    return Buffer.from(text, "latin1");
  };
};
