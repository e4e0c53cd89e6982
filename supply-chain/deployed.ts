import { build } from "esbuild";
import { bundling } from "../infra/bundles.ts";

/** Where the packages are installed of which any code is in a deployed function, such as `node_modules/ulid`. */
export const deployedPaths = async (): Promise<ReadonlySet<string>> => {
  const { metafile } = await build({ ...bundling(), metafile: true });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  return new Set(
    files.flatMap(
      ([file]) => /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
    ),
  );
};
