import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keptCertificate } from "../../../local/http/certificate.ts";

const now = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;

const emptyFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), "certificate-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "tls");
};

test("a certificate is for localhost and 127.0.0.1, and short enough for browsers", async () => {
  const { cert } = await keptCertificate(await emptyFolder(), now);
  const certificate = new X509Certificate(cert);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(certificate.checkHost("example.com")).toBeUndefined();
  expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBeLessThanOrEqual(398 * DAY_MS);
});

test("it is made once and kept, its key readable by its user only", async () => {
  const folder = await emptyFolder();
  const made = await keptCertificate(folder, now);
  expect(await keptCertificate(folder, now + DAY_MS)).toEqual(made);
  expect((await stat(join(folder, "key.pem"))).mode & 0o777).toBe(0o600);
});

test.each<[string, (folder: string) => Promise<unknown>, number]>([
  ["has expired", async () => {}, now + 400 * DAY_MS],
  ["is damaged", (folder) => writeFile(join(folder, "certificate.pem"), "-----BEGIN"), now],
  ["has lost its key", (folder) => rm(join(folder, "key.pem")), now],
])("one that %s is made anew", async (_what, happens, later) => {
  const folder = await emptyFolder();
  const made = await keptCertificate(folder, now);
  await happens(folder);
  const anew = await keptCertificate(folder, later);
  expect(anew.cert).not.toBe(made.cert);
  expect(await keptCertificate(folder, later)).toEqual(anew);
});
