import type { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { ENVIRONMENT } from "../functions/contracts/environment.ts";
import type { Config } from "./config.ts";

/**
 * Tells the authorizer who may connect: from which pages, and with whose tokens.
 * @param chatPage the origin of our own page, where there is one: it may wherever others may
 */
export const tellWhoMayConnect = (authorize: Lambda, config: Config, chatPage?: string) => {
  const ours = chatPage === undefined ? [] : [chatPage];
  tell(authorize, {
    [ENVIRONMENT.allowedOrigins]: config.allowedOrigins && [...config.allowedOrigins, ...ours].join(","),
    [ENVIRONMENT.tokenIssuer]: config.tokenIssuer,
    [ENVIRONMENT.tokenAudience]: config.tokenAudience?.join(","),
    [ENVIRONMENT.tokenKeysUri]: config.tokenKeysUri,
    [ENVIRONMENT.tokenRoomsClaim]: config.tokenRoomsClaim,
    [ENVIRONMENT.tokenDefaultRooms]: config.tokenDefaultRooms,
    [ENVIRONMENT.tokenClockSkewSeconds]: config.tokenClockSkewSeconds,
  });
};

/** Tells the function of a route how many frames it takes from one connection. */
export const tellFrameLimit = (lambda: Lambda, config: Config) => {
  tell(lambda, {
    [ENVIRONMENT.connectionFramesPerSecond]: config.connectionFramesPerSecond,
    [ENVIRONMENT.connectionFramesBurst]: config.connectionFramesBurst,
  });
};

const tell = (lambda: Lambda, variables: Readonly<Record<string, string | number | undefined>>) => {
  for (const [name, value] of Object.entries(variables))
    if (value !== undefined) lambda.addEnvironment(name, String(value));
};
