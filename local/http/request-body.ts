import type { IncomingMessage } from "node:http";
import { AwsError } from "../aws/error.ts";

/** The largest body that any of the services takes: DynamoDB's batches of 16 MB. */
export const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Reads a request's body.
 * @throws AwsError `RequestEntityTooLargeException` (413) as soon as it is known to be over 16 MiB; an Error when the
 *   client leaves in the middle of it.
 */
export const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const tooLarge = () =>
      reject(new AwsError("RequestEntityTooLargeException", `The body is over ${maxBodyBytes} bytes`, 413));
    if (Number(request.headers["content-length"]) > maxBodyBytes) return tooLarge();
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBodyBytes) {
        request.removeAllListeners("data").pause();
        return tooLarge();
      }
      chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length)));
    request.on("error", reject);
    request.on("close", () => {
      // Comes after every request: an error made each time, its stack with it, cost more than the signature.
      if (!request.complete) reject(new Error("The client left before its request was complete"));
    });
  });
