import { createHmac, hash } from "node:crypto";
import { canonicalRequest } from "../../local/http/canonical-request.ts";
import type { Sdk } from "../runtime-process.ts";

/** An HTTP/1.1 request, its headers as they are to stand on the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Signs a request as an SDK does, so that what is wrong with it is what was meant to be. */
export const signed = (request: HttpRequest, service: string, { region, credentials }: Sdk, now: Date): HttpRequest => {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const headers = [...request.headers, ["x-amz-date", time] as const];
  const byName = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const signedHeaders = [...byName.keys()].sort();
  const canonical = canonicalRequest({ ...request, headers: byName }, { signedHeaders });
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, "aws4_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash("sha256", canonical, "hex")}`;
  const signature = createHmac("sha256", key).update(text).digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  return { ...request, headers: [...headers, ["authorization", authorization]] };
};

/** The request's bytes; its length is told, unless its headers tell of the body themselves. */
export const bytesOf = ({ method, url, headers, body }: HttpRequest): Buffer => {
  const framed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const length = framed || body.length === 0 ? [] : [["content-length", String(body.length)] as const];
  const lines = [...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${url} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), body]);
};
