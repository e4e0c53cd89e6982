import { readFileSync } from "node:fs";

/** A package that `npm ci` may install, as `package-lock.json` has it. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Where it is installed, such as `node_modules/ws`. */
  readonly path: string;
  /** Whether it is there only to build and test. */
  readonly dev: boolean;
  /** Whether it runs a script of its own when it is installed. */
  readonly hasInstallScript: boolean;
  /** The hash of its archive; one that comes inside another package's archive has none. */
  readonly integrity: string | undefined;
  readonly inBundle: boolean;
  /** From where it comes, if not from the registry. */
  readonly resolved: string | undefined;
}

interface Entry {
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dev?: true;
  readonly hasInstallScript?: true;
  readonly integrity?: string;
  readonly inBundle?: true;
  readonly resolved?: string;
}

/**
 * Reads the lock file of a project: packages for other platforms than this one are in it too.
 * @throws Error naming a package whose licence it does not know
 */
export const readLock = (file: URL): Locked[] => {
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), ...entry }]) => {
      const { version, license, dev = false, hasInstallScript = false, inBundle = false, integrity, resolved } = entry;
      if (!license) throw new Error(`${path} says nothing of its licence: look it up before it is used.`);
      return { name, version, licence: license, path, dev, hasInstallScript, inBundle, integrity, resolved };
    });
};
