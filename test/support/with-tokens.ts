import { configured } from "./configured.ts";
import type { connectMember } from "./member.ts";
import { startRoomcast } from "./roomcast.ts";
import { signedToken, signingKey, startTokenIssuer } from "./token-issuer.ts";

/** Seconds by which the issuer's clock may differ. */
export const SKEW = 60;

export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

/** What becomes of an upgrade: 101, or the status of its refusal. */
export const statusOf = (upgrade: ReturnType<typeof connectMember>): Promise<number> =>
  upgrade.then(
    async (member) => {
      await member.close();
      return 101;
    },
    (error: Error) => Number(/Unexpected server response: (\d+)/.exec(error.message)?.[1]),
  );

/** An issuer with one key, and a Roomcast that asks for its tokens. */
export const startWithTokens = async (configuration: Readonly<Record<string, string | number>> = {}) => {
  const key = signingKey("2026-11");
  const issuer = await startTokenIssuer(key);
  const synthesize = configured({
    tokenIssuer: issuer.url,
    tokenAudience: "chat,chat-mobile",
    tokenClockSkewSeconds: SKEW,
    ...configuration,
  });
  const roomcast = await startRoomcast({ synthesize }).catch(async (error) => {
    await issuer.close();
    throw error;
  });
  const shown = new Set<string>();

  /** The claims of a token that is good, but for the changes. */
  const claimsWith = (changes: object = {}) => ({
    iss: issuer.url,
    aud: "chat",
    sub: "ann",
    name: "Ann",
    exp: inSeconds(600),
    ...changes,
  });

  return {
    roomcast,
    issuer,
    key,
    claimsWith,
    /** Such a token. */
    signed: (changes?: object) => signedToken(key, claimsWith(changes)),
    /** Connects with a token in a subprotocol, which is where it belongs. */
    connect: (token: string, query?: Record<string, string>, options?: { origin?: string }) => {
      shown.add(token);
      return roomcast.connect(query, { ...options, protocols: ["roomcast.v1", `bearer.${token}`] });
    },
    /** Every token that was shown. */
    shown,
    stop: async () => {
      await roomcast.stop();
      await issuer.close();
    },
  };
};
