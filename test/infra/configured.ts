/** A configuration with all that is off by default: tokens, origins, a domain and a key of one's own. */
export const CONFIGURED = {
  stage: "prod",
  tokenIssuer: "https://login.example",
  tokenAudience: "chat",
  tokenDefaultRooms: '["lobby"]',
  allowedOrigins: "https://chat.example.com",
  domainName: "chat.example.com",
  certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
  encryptionKeyArn: "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab",
} as const;
