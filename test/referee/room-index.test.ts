import { afterAll, beforeAll, expect, test } from "vitest";
import { slotOf } from "../../functions/protocol/slot.ts";
import { ALL, roomIndex } from "./room-index.ts";
import { startTables } from "./template-tables.ts";

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

const member = { id: "guest-1", name: "Ann" };
const HOUR_MS = 3_600_000;

/** Fills a room. @returns its connection ids in the order of the index */
const fill = async (room: string, members: number, connectedAt = Date.now()): Promise<string[]> => {
  const ids = Array.from({ length: members }, (_, index) => `${room}-${connectedAt}-${index}`);
  for (const connectionId of ids) await tables.connections.addMember({ connectionId, room, connectedAt, member });
  return ids.sort((a, b) => (slotOf(a) < slotOf(b) ? -1 : 1));
};

const read = (room: string, sender?: string) =>
  roomIndex({ client: tables.client, table: tables.nameOf("connections") }, room, sender);

test("a room fits one page, with what the state machine needs of each connection and no more", async () => {
  const [only] = await fill("small", 1, Date.UTC(2100, 0, 1));
  expect(await read("small").page()).toEqual({
    items: [{ connectionId: { S: only }, connectedAt: { N: String(Date.UTC(2100, 0, 1)) } }],
    next: null,
  });
});

test.each([
  [7, 3, [3, 3, 1]],
  [2, 3, [2]],
  // A page that ends with the room's last row says so only by the empty page after it.
  [6, 3, [3, 3, 0]],
])("%i members in pages of %i are read in the order of their slots, each once", async (members, limit, sizes) => {
  const room = `paged-${members}`;
  const ids = await fill(room, members);
  await fill(`${room}-next-door`, 2);
  const pages = await read(room).pages(limit);
  expect(pages.flat()).toEqual(ids);
  expect(pages.map((page) => page.length)).toEqual(sizes);
});

test("the sender and expired rows are left out, and count toward the page's limit", async () => {
  const [sender, ...others] = await fill("filtered", 4);
  await fill("filtered", 3, Date.now() - 3 * HOUR_MS);
  const pages = await read("filtered", sender).pages(2);
  expect(pages.flat()).toEqual(others);
  expect(pages.length).toBeGreaterThanOrEqual(4);
});

test("a page whose rows are all left out is empty and leads on to the next", async () => {
  await fill("abandoned", 3, Date.now() - 3 * HOUR_MS);
  const { items, next } = await read("abandoned").page(ALL, 2);
  expect(items).toEqual([]);
  expect((await read("abandoned").page({ from: next!, to: ALL.to }, 2)).next).toBeNull();
});

test("a row that is removed while the next page is read from it takes nobody else with it", async () => {
  const ids = await fill("pruned", 5);
  const { next } = await read("pruned").page(ALL, 2);
  await tables.connections.removeMember(ids[1]!, "pruned");
  const { items } = await read("pruned").page({ from: next!, to: ALL.to }, 10);
  expect(items.map(({ connectionId }) => connectionId?.S)).toEqual(ids.slice(2));
});

test("more than a page of the state machine's own size is read to its end", async () => {
  const ids = await fill("large", 501);
  const pages = await read("large").pages();
  expect(pages.map((page) => page.length)).toEqual([500, 1]);
  expect(pages.flat()).toEqual(ids);
});

test("segments that meet have each row once, wherever one ends and the next begins", async () => {
  const ids = await fill("divided", 9);
  const read9 = read("divided");
  const slots = ids.map(slotOf);
  const ranges = [
    { from: ALL.from, to: slots[2]! },
    { from: `${slots[2]} `, to: slots[5]!.slice(0, 8) },
    { from: slots[5]!.slice(0, 8), to: ALL.to },
  ];
  const parts = await Promise.all(ranges.map(async (range) => (await read9.pages(2, range)).flat()));
  expect(parts.map(({ length }) => length)).toEqual([3, 2, 4]);
  expect(parts.flat()).toEqual(ids);
});
