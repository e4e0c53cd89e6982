import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A certificate and its private key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Browsers refuse certificates that are valid for longer than 398 days. */
const VALID_DAYS = 397;
const DAY_MS = 86_400_000;

/**
 * The self-signed certificate for `localhost` and `127.0.0.1` that a folder keeps: made once, so that whoever has
 * chosen to trust it need not do so again, and anew only when it has expired or does not go with its key.
 * @param folder gets `certificate.pem`, which clients are told to trust, and `key.pem`, which only the user can read
 * @param now Unix time in milliseconds
 */
export const keptCertificate = async (folder: string, now: number): Promise<Certificate> => {
  const files = { cert: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  try {
    const kept = { cert: await readFile(files.cert, "utf8"), key: await readFile(files.key, "utf8") };
    if (serves(kept, now)) return kept;
  } catch {
    // There is none yet, or not all of it.
  }
  const made = await make(now);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const part of ["key", "cert"] as const) await writeFile(files[part], made[part], { mode: 0o600 });
  return made;
};

const serves = ({ cert, key }: Certificate, now: number): boolean => {
  const certificate = new X509Certificate(cert);
  return certificate.checkPrivateKey(createPrivateKey(key)) && now < certificate.validToDate.getTime();
};

const make = async (now: number): Promise<Certificate> => {
  // Node signs no X.509 certificates itself; the library is loaded only where one is to be made.
  const { generate } = await import("selfsigned");
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + (VALID_DAYS - 1) * DAY_MS),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { cert, key };
};
