import { request } from "node:http";

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

/** Sends a request as a program does that is no browser: with any header, `Host` and `Origin` too. */
export const ask = (origin: string, path: string, { method = "GET", headers = {}, json }: Question = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const sent = request(`${origin}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    sent.on("error", reject);
    sent.end(json === undefined ? undefined : JSON.stringify(json));
  });

/** A change as the page itself sends it. */
export const change = (origin: string, method: string, path: string, json: unknown) =>
  ask(origin, path, { method, headers: { origin, "content-type": "application/json" }, json });
