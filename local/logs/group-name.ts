import type { Json } from "../json.ts";

/** How an input names a group. */
export interface GroupInput {
  readonly logGroupName?: Json | undefined;
  /** Its name or its ARN. */
  readonly logGroupIdentifier?: Json | undefined;
}

/** The name of the group that an input means; empty where it names none. */
export const groupNameIn = ({ logGroupName, logGroupIdentifier }: GroupInput): string =>
  nameOfGroup(String(logGroupName ?? logGroupIdentifier ?? ""));

/** A group's name, of its name or its ARN. */
export const nameOfGroup = (nameOrArn: string): string =>
  nameOrArn.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, "").replace(/:\*$/, "");
