import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A key that tokens are signed with. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: "RS256" | "ES256";
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const signingKey = (kid: string, alg: SigningKey["alg"] = "RS256"): SigningKey => ({
  kid,
  alg,
  ...(alg === "RS256"
    ? generateKeyPairSync("rsa", { modulusLength: 2048 })
    : generateKeyPairSync("ec", { namedCurve: "P-256" })),
});

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** A JSON Web Token: these claims under this header, with what `signed` makes of both. */
export const tokenOf = (header: object, claims: object, signed: (text: string) => Buffer): string => {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${signed(text).toString("base64url")}`;
};

/** A token that is signed as it should be. */
export const signedToken = ({ kid, alg, privateKey }: SigningKey, claims: object): string =>
  tokenOf({ alg, kid, typ: "JWT" }, claims, (text) =>
    sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" }),
  );

/** A token whose signature anybody can make: with the public key, which everybody has, as the secret of an HMAC. */
export const signedWithPublicKey = ({ kid, publicKey }: SigningKey, claims: object): string =>
  tokenOf({ alg: "HS256", kid }, claims, (text) =>
    createHmac("sha256", publicKey.export({ type: "spki", format: "pem" }))
      .update(text)
      .digest(),
  );

/** The JSON Web Key Set that an issuer of these keys serves. */
export const keySetOf = (keys: readonly SigningKey[]) => ({
  keys: keys.map(({ kid, alg, publicKey }) => ({ ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig" })),
});

/** An issuer of tokens at a real address, of which only its keys are asked for. */
export const startTokenIssuer = async (...keys: SigningKey[]) => {
  let served: readonly SigningKey[] | "down" = keys;
  const server = createServer((_request, response) => {
    if (served === "down") return response.writeHead(503).end();
    return response.setHeader("content-type", "application/json").end(JSON.stringify(keySetOf(served)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    keysUri: `${url}/.well-known/jwks.json`,
    /** Has other keys from now on. */
    rotate: (...others: SigningKey[]) => {
      served = others;
    },
    /** Answers nothing but 503 from now on. */
    goDown: () => {
      served = "down";
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
