import type { Locked } from "./lock.ts";

/** Licences that ask for no more than to be named: whatever is deployed or runs here has one of them. */
const PERMISSIVE = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT", "MIT-0"];

/** MPL-2.0 asks for the source of what is changed in the package itself: nothing is, and nothing of these is deployed. */
const TO_BUILD_AND_TEST = [...PERMISSIVE, "MPL-2.0"];

/** Whether a package may be used for what it is used for. Of an `OR`, one licence that is accepted is enough. */
export const isAccepted = ({ licence, dev }: Pick<Locked, "licence" | "dev">): boolean => {
  const accepted = dev ? TO_BUILD_AND_TEST : PERMISSIVE;
  return licence
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((one) => accepted.includes(one));
};
