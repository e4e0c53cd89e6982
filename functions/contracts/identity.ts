/** What the authorizer hands to every later event of a connection beside `principalId`. API Gateway makes text of all. */
export interface AuthorizerContext {
  /** How others see them: cosmetic. */
  readonly name: string;
  /** Unix time in seconds at which the token expires, clock skew included; not there for a guest. */
  readonly validUntil?: string;
  /**
   * JSON of what the token allows: `Rights`, or patterns alone, which stand for each of them; not there for a guest, who
   * may enter every room.
   */
  readonly rights?: string;
}

/**
 * Which rooms somebody may use, as patterns: `*` stands for any characters, everything else for itself.
 * `join`: be a member, and get what is published from then on; `publish`: publish, and be shown typing; `read`: ask for
 * the history and for who is there.
 */
export interface Rights {
  readonly join: readonly string[];
  readonly publish: readonly string[];
  readonly read: readonly string[];
}
