import type { Claim, RefKey } from "../../functions/aws/refs.ts";
import { REF_HOURS } from "../../functions/contracts/publishing.ts";
import { type Call, NamedError } from "./invocations.ts";
import { seconds, type TablesNeeds } from "./tables-needs.ts";

type ClaimRow = Claim & { readonly expiresAt: number };

/** `functions/aws/refs.ts` in memory. */
export const createRefs = ({ isStale }: Pick<TablesNeeds, "isStale">) => {
  const refs = new Map<string, { row: ClaimRow; before: ClaimRow | undefined }>();

  const isCurrent = ({ expiresAt }: ClaimRow, moment: number) => expiresAt > seconds(moment);

  const keyOf = ({ author, ref }: RefKey) => `${author}\0${ref}`;
  const claimed = (key: RefKey) => refs.get(keyOf(key))?.row;
  const setClaim = (key: RefKey, row: ClaimRow): ClaimRow => {
    refs.set(keyOf(key), { row, before: claimed(key) });
    return row;
  };
  const claimOver = (key: RefKey, claim: Claim, over: ClaimRow | undefined): ClaimRow => {
    const present = claimed(key);
    if (over && present?.id !== over.id) throw new NamedError("ConditionalCheckFailedException");
    if (present && !over) return present;
    return setClaim(key, { ...claim, expiresAt: seconds(claim.received) + REF_HOURS * 3_600 });
  };

  return (call: Call) => ({
    findClaim: (key: RefKey, moment: number): Promise<Claim | undefined> =>
      call("findClaim", () => {
        const found = refs.get(keyOf(key));
        const row = found && isStale(keyOf(key)) ? found.before : found?.row;
        return row && isCurrent(row, moment) ? row : undefined;
      }),
    claim: async (key: RefKey, claim: Claim): Promise<Claim> => {
      const row = await call("claim", () => claimOver(key, claim, undefined));
      return isCurrent(row, claim.received) ? row : call("claimAgain", () => claimOver(key, claim, row));
    },
    renumber: async (key: RefKey, from: number, to: number): Promise<number> => {
      const renumbered = await call("renumber", () => {
        const row = claimed(key);
        if (row?.seq === from) setClaim(key, { ...row, seq: to });
        return row?.seq === from;
      });
      if (renumbered) return to;
      const row = await call("readClaim", () => claimed(key));
      if (!row) throw new NamedError("ConditionalCheckFailedException");
      return row.seq;
    },
    giveUpAnnouncing: (key: RefKey): Promise<void> =>
      call("giveUpAnnouncing", () => {
        const row = claimed(key);
        if (!row) throw new NamedError("ConditionalCheckFailedException");
        setClaim(key, { ...row, announcingSince: 0 });
      }),
  });
};
