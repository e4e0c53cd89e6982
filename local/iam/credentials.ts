import { randomBytes } from "node:crypto";
import type { Principal } from "../aws/service.ts";

/** A key pair as an SDK takes it. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What temporary credentials are sent with; the operator's have none. */
  readonly sessionToken?: string;
}

/** Whom an access key stands for, and what its requests have to be signed with. */
export interface KnownKey extends Omit<Credentials, "accessKeyId"> {
  readonly principal: Principal;
}

/**
 * The access keys of one start of the runtime: the operator's, which are given, and one pair for each session of a
 * role, made of random bytes so that no function can guess another's.
 */
export const createKeys = (operator: Credentials) => {
  const keys = new Map<string, KnownKey>([
    [operator.accessKeyId, { principal: { kind: "operator" }, secretAccessKey: operator.secretAccessKey }],
  ]);
  const issued = new Map<string, Required<Credentials>>();
  return {
    /** The same pair each time for the same role and session. */
    issue(roleArn: string, session: string): Required<Credentials> {
      const known = issued.get(`${roleArn} ${session}`);
      if (known) return known;
      const credentials = {
        // ASIA marks the access keys of temporary credentials on AWS.
        accessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString("base64"),
        sessionToken: randomBytes(48).toString("base64"),
      };
      const { accessKeyId, ...secrets } = credentials;
      keys.set(accessKeyId, { principal: { kind: "role", roleArn, session }, ...secrets });
      issued.set(`${roleArn} ${session}`, credentials);
      return credentials;
    },
    find: (accessKeyId: string): KnownKey | undefined => keys.get(accessKeyId),
  };
};
