import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";

/** Names with one value each, the last, as `headers` has it, and with all, as `multiValueHeaders` has it. */
export interface Values {
  readonly single: Readonly<Record<string, string>>;
  readonly multi: Readonly<Record<string, readonly string[]>>;
}

/** An upgrade as the service's events tell it. */
export interface ClientRequest {
  readonly headers: Values;
  readonly query: Values;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/**
 * Reads an upgrade. What the front of API Gateway would add is added: `X-Forwarded-For` grows by the client's address
 * and the port, protocol and trace id are its own, so a client cannot pretend to have come another way.
 */
export const readClientRequest = (request: IncomingMessage, newTraceId: () => string): ClientRequest => {
  const sourceIp = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const sent = collect(pairsOf(request.rawHeaders), (name) => name.toLowerCase());
  const forwarded = sent.get("x-forwarded-for")?.values.join(", ");
  sent.set("x-forwarded-for", {
    name: "X-Forwarded-For",
    values: [forwarded ? `${forwarded}, ${sourceIp}` : sourceIp],
  });
  sent.set("x-forwarded-port", { name: "X-Forwarded-Port", values: [String(request.socket.localPort)] });
  const proto = request.socket instanceof TLSSocket ? "https" : "http";
  sent.set("x-forwarded-proto", { name: "X-Forwarded-Proto", values: [proto] });
  if (!sent.has("x-amzn-trace-id")) sent.set("x-amzn-trace-id", { name: "X-Amzn-Trace-Id", values: [newTraceId()] });
  const search = request.url?.split("?").slice(1).join("?") ?? "";
  return {
    headers: valuesOf(sent),
    query: valuesOf(collect(new URLSearchParams(search), (name) => name)),
    sourceIp,
    userAgent: request.headers["user-agent"],
  };
};

/**
 * Without the headers of one hop: a Lambda integration does not get them where the authorizer does (both recorded).
 */
export const withoutHopHeaders = ({ single, multi }: Values): Values => {
  const kept = (name: string) => !["connection", "upgrade"].includes(name.toLowerCase());
  return { single: pick(single, kept), multi: pick(multi, kept) };
};

const pick = <V>(values: Readonly<Record<string, V>>, keep: (name: string) => boolean): Record<string, V> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => keep(name)));

const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as [string, string]] : []));

/** Names that `same` makes equal are one, written as it came first. */
const collect = (pairs: Iterable<[string, string]>, same: (name: string) => string) => {
  const found = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of pairs) {
    const known = found.get(same(name));
    if (known) known.values.push(value);
    else found.set(same(name), { name, values: [value] });
  }
  return found;
};

// Object.fromEntries defines its keys, so that a client's `__proto__` is a key like any other.
const valuesOf = (found: ReadonlyMap<string, { name: string; values: string[] }>): Values => {
  const all = [...found.values()];
  return {
    single: Object.fromEntries(all.map(({ name, values }) => [name, values.at(-1) ?? ""])),
    multi: Object.fromEntries(all.map(({ name, values }) => [name, values])),
  };
};
