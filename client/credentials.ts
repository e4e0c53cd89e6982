const SUBPROTOCOL = "roomcast.v1";

/** 128 random bits in hexadecimal. Unlike `crypto.randomUUID`, it is also to be had in a page that came by plain http. */
export const randomText = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * What a connection offers as subprotocols: browsers let a client set no header, and addresses are written into logs.
 * @throws TypeError for a secret that the server or RFC 6455 would not take
 */
export const offered = (
  secret: string | undefined,
  token: string | (() => string | Promise<string>) | undefined,
): (() => Promise<string[]>) => {
  if (secret !== undefined && !/^[\w.~!#$%&'*+^`|-]{22,256}$/.test(secret))
    throw new TypeError("A secret has 22 to 256 letters, digits, - or _: 128 random bits or more.");
  return async () => {
    if (token === undefined) return [SUBPROTOCOL, `client.${secret}`];
    return [SUBPROTOCOL, `bearer.${typeof token === "string" ? token : await token()}`];
  };
};
