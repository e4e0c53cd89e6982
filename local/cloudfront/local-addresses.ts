import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { StageAddress } from "../apigateway/addresses.ts";

const HOST = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i;

/**
 * The origin for WebSockets at the host that a browser came to, whether it calls this machine `localhost`, `127.0.0.1` or
 * by a name of a network; undefined for what is no host.
 */
export const webSocketOriginOf = ({ headers: { host = "" }, socket }: IncomingMessage): string | undefined =>
  HOST.test(host) ? `${socket instanceof TLSSocket ? "wss" : "ws"}://${host}` : undefined;

/**
 * Puts the stack's addresses here in the place of those on AWS, which lead nowhere. What a page is told at its deployment,
 * and what its headers allow it, name the latter.
 */
export const localized = (text: string, addresses: readonly StageAddress[], webSocketOrigin: string): string =>
  addresses.reduce((done, { address, path }) => done.replaceAll(address, () => webSocketOrigin + path), text);

/** Whether there is anything to be replaced. */
export const namesAny = (body: Buffer, addresses: readonly StageAddress[]): boolean =>
  addresses.some(({ address }) => body.includes(address));
