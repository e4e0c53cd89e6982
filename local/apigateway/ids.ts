import { createHash } from "node:crypto";

/** 11 bytes are 15 characters and the `=` that callers of `@connections` have to encode, as in recorded ids. */
const idBytes = 11;
const clockBytes = 4;
const form = /^[\w-]{15}=$/;

/**
 * Makes ids for connections, requests and messages, of the form of those that AWS was recorded to make
 * (`PJqB0fHsqRcCHlw=`): they start with a clock, so they are near each other and not uniform, and end at random.
 */
export const createIds =
  (now: () => number, randomBytes: (size: number) => Uint8Array): (() => string) =>
  () => {
    const id = Buffer.allocUnsafe(idBytes);
    id.writeUInt32BE(Math.floor(now() / 256) >>> 0);
    id.set(randomBytes(idBytes - clockBytes), clockBytes);
    return `${id.toString("base64url")}=`;
  };

/** Whether a text could be a connection's id; one that could not is a bad request, not a connection that is gone. */
export const isConnectionId = (text: string): boolean => form.test(text);

/** The id of a resource: `[a-z0-9]`, the same at each start because it comes from the stack's and the resource's names. */
export const resourceId = ({ stackName, logicalId }: { stackName: string; logicalId: string }, length: number) =>
  BigInt(`0x${createHash("sha256").update(`${stackName}/${logicalId}`).digest("hex")}`)
    .toString(36)
    .slice(-length);
