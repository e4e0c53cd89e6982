import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { Sha256 } from "../../../functions/aws/sha256.ts";

const digestOf = async (hash: Sha256, ...chunks: ConstructorParameters<typeof Sha256>[0][]) => {
  for (const chunk of chunks) if (chunk !== undefined) hash.update(chunk);
  return Buffer.from(await hash.digest()).toString("hex");
};
const hmac = (secret: string | Buffer, data: string) => createHmac("sha256", secret).update(data).digest("hex");

test.each([
  ["nothing", []],
  ["text", ["Grüße"]],
  ["some chunks", ["Grü", Buffer.from("ße"), new Uint8Array([33]).buffer]],
  ["a part of a buffer", [Buffer.from("aGrüßea").subarray(1, -1)]],
])("the hash of %s is SHA-256", async (_what, chunks) => {
  const all = Buffer.concat(
    chunks.map((chunk) => (chunk instanceof ArrayBuffer ? Buffer.from(chunk) : Buffer.from(chunk))),
  );
  expect(await digestOf(new Sha256(), ...chunks)).toBe(createHash("sha256").update(all).digest("hex"));
});

test("with a secret it is the HMAC, whichever secrets came before", async () => {
  const secrets = ["one", Buffer.from("two"), ...Array.from({ length: 40 }, (_, n) => `secret ${n}`), "one"];
  for (const secret of secrets) {
    expect(await digestOf(new Sha256(secret), "data")).toBe(hmac(secret, "data"));
    expect(await digestOf(new Sha256(secret), "more")).toBe(hmac(secret, "more"));
  }
});
