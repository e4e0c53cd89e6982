import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type BothTables, DAY, NOW, tablesInMemory, tablesOfDynamoDb } from "./both-tables.ts";

/** Called with a room and an author of this run: both tables are used for many. */
type Step = (tables: BothTables, room: string) => unknown;

const from = { id: "guest-ann", name: "Ann" };
const refs = fc.constantFrom("r1", "r2");
const seqs = fc.integer({ min: 0, max: 6 });
const ids = fc.constantFrom("A", "B");
const moments = fc.constantFrom(NOW, NOW - DAY - 1_000, NOW - 31 * DAY);
/** In each of which the room's bucket may be empty, full or in between. */
const instants = fc.integer({ min: 0, max: 4 }).map((times) => NOW + times * 500);
/** What 100 recipients a second make of them, and what another rate has made. */
const audiences = fc.constantFrom<[number, number]>([50, 500], [150, 1_500], [150, 3_000]);
const connections = fc.constantFrom("c1=", "c2=");

const steps: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(refs, ids, seqs, moments).map(([ref, id, seq, received]) => (tables: BothTables, room: string) => {
    const claim = { id, room, seq, received, content: id, announcingSince: received };
    return tables.claim({ author: room, ref }, claim);
  }),
  fc.tuple(refs, moments).map(
    ([ref, now]) =>
      (tables: BothTables, author: string) =>
        tables.findClaim({ author, ref }, now),
  ),
  fc.tuple(refs, seqs, seqs).map(
    ([ref, taken, next]) =>
      (tables: BothTables, author: string) =>
        tables.renumber({ author, ref }, taken, next),
  ),
  refs.map((ref) => (tables: BothTables, author: string) => tables.giveUpAnnouncing({ author, ref })),
  instants.map((now) => (tables: BothTables, room: string) => tables.takeNumber(room, now)),
  fc.constant((tables: BothTables, room: string) => tables.takeAnotherNumber(room)),
  audiences.map(
    ([audience, turnMs]) =>
      (tables: BothTables, room: string) =>
        tables.keepAudience(room, { audience, turnMs }),
  ),
  fc.constant((tables: BothTables, room: string) => tables.head(room)),
  fc.tuple(ids, seqs, moments).map(
    ([id, seq, received]) =>
      (tables: BothTables, room: string) =>
        tables.save({ id, room, seq, from, data: id, received }),
  ),
  seqs.map((seq) => (tables: BothTables, room: string) => tables.seal(room, seq)),
  fc.tuple(seqs, seqs, fc.integer({ min: 1, max: 4 })).map(
    ([after, more, limit]) =>
      (tables: BothTables, room: string) =>
        tables.readAfter(room, after, after + more + 1, limit),
  ),
  seqs.map((seq) => (tables: BothTables, room: string) => tables.hasUpTo(room, seq)),
  moments.map((moment) => (tables: BothTables) => tables.hasExpired(moment)),
  connections.map(
    (name) => (tables: BothTables, room: string) =>
      tables.addMember({ connectionId: `${room} ${name}`, room, connectedAt: NOW, member: from }),
  ),
  connections.map((name) => (tables: BothTables, room: string) => tables.removeMember(`${room} ${name}`, room)),
  connections.map((name) => (tables: BothTables, room: string) => tables.isMember(`${room} ${name}`, room)),
  connections.map((name) => (tables: BothTables, room: string) => tables.roomsOf(`${room} ${name}`)),
  connections.map((name) => (tables: BothTables, room: string) => tables.removeConnection(`${room} ${name}`)),
  fc.constant((tables: BothTables, room: string) => tables.members(room)),
];

/** A claim is a whole row, of which only the table of DynamoDB has the key. */
const withoutKey = (result: unknown) => {
  if (typeof result !== "object" || result === null || !("content" in result)) return result;
  return { ...result, ref: undefined };
};

/** What is seen of an error: of a refusal, also what it says. */
const failure = ({ name, message }: Error) => ({ error: name, ...(name === "Refusal" && { message }) });

/** What came of each step. */
const outcomes = async (tables: BothTables, room: string, taken: readonly Step[]) => {
  const results: unknown[] = [];
  for (const step of taken) results.push(withoutKey(await Promise.resolve(step(tables, room)).catch(failure)));
  return results;
};

test("the tables in memory do what the tables of DynamoDB do, whatever is asked of them", async () => {
  const [real, inMemory] = [await tablesOfDynamoDb(), tablesInMemory()];
  let runs = 0;
  const property = fc.asyncProperty(fc.array(fc.oneof(...steps), { size: "max", maxLength: 30 }), async (taken) => {
    const room = `room ${++runs}`;
    expect(await outcomes(inMemory, room, taken)).toEqual(await outcomes(real, room, taken));
  });
  await fc.assert(property, { numRuns: 60 });
}, 120_000);
