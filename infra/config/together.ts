/** Keys that say nothing without another one. */
const NEEDS = {
  tokenIssuer: "tokenAudience",
  tokenAudience: "tokenIssuer",
  tokenKeysUri: "tokenIssuer",
  tokenRoomsClaim: "tokenIssuer",
  tokenDefaultRooms: "tokenIssuer",
  tokenClockSkewSeconds: "tokenIssuer",
  domainName: "certificateArn",
  certificateArn: "domainName",
} as const;

/** Names each key that another one needs and that is not there. */
export const missingPartners = (config: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(NEEDS)
    .filter(([key, needed]) => config[key] !== undefined && config[needed] === undefined)
    .map(([key, needed]) => `${needed} is not set: ${key} needs it`);

/** Says which keys do not go together. */
export const strangers = ({ chatPage, tokenIssuer }: Readonly<Record<string, unknown>>): readonly string[] =>
  String(chatPage) === "true" && tokenIssuer !== undefined
    ? ["chatPage is true: the page has no sign-in, so it does not go with tokenIssuer"]
    : [];
