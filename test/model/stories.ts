import * as fc from "fast-check";
import type { Dead } from "./gateway.ts";
import { FAULTS, type Rates } from "./weather.ts";

/** Three with a client: `phone` is Ann's too. */
export const PEOPLE = ["ann", "bob", "phone"] as const;
export const ROOMS = ["lobby", "attic"] as const;
export type Name = (typeof PEOPLE)[number];

/** Something that happens, `after` milliseconds behind what happened before. */
export type Command = { readonly after: number } & (
  | { readonly does: "join" | "leave"; readonly who: Name; readonly room: string }
  | { readonly does: "publish"; readonly who: Name; readonly room: string; readonly times: number }
  | { readonly does: "publish impatiently"; readonly who: Name; readonly room: string; readonly patience: number }
  | { readonly does: "cut" | "sleep" | "wake" | "restart"; readonly who: Name }
  | { readonly does: "kill"; readonly who: Name; readonly dead: Dead }
  /** The same frame, from two sockets of one guest. A `ref` that comes again with other data is refused. */
  | PublishTwice
  | { readonly does: "publish without a ref"; readonly room: string }
  | { readonly does: "read history"; readonly room: string; readonly from: number; readonly limit: number }
  | { readonly does: "weather"; readonly rates: Rates }
);

interface PublishTwice {
  readonly does: "publish twice";
  readonly room: string;
  readonly ref: number;
  readonly data: number;
  readonly apart: number;
}

export interface Story {
  /** Who has a client, and joins the first room at once. */
  readonly names: readonly string[];
  /** The weather at the start. */
  readonly rates: Rates;
  readonly commands: readonly Command[];
}

/** Mostly moments, in which things meet; now and then a minute. */
const after = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 2, arbitrary: fc.integer({ min: 60, max: 8_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 8_000, max: 90_000 }) },
);
const who = fc.constantFrom(...PEOPLE);
const room = fc.constantFrom(...ROOMS);

/** Weather with some faults, each rare or frequent. */
const rates: fc.Arbitrary<Rates> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...FAULTS), fc.constantFrom(0.05, 0.2, 0.5)), {
    maxLength: 6,
    selector: ([fault]) => fault,
  })
  .map((some) => Object.fromEntries(some));

const does = <const Name extends string, Fields extends object>(
  name: Name,
  fields: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> },
) => fc.record({ does: fc.constant(name), after, ...fields });

const raw = [
  { weight: 1, arbitrary: does("publish without a ref", { room }) },
  { weight: 3, arbitrary: does("read history", { room, from: fc.nat(20), limit: fc.integer({ min: 1, max: 10 }) }) },
];
/** Some, or a burst: 100 may wait. */
const times = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: 20, max: 60 }) },
);
const data = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });
/** One of the two numbers that are taken stays unused, and everybody waits for it a moment. */
const twice = { weight: 4, arbitrary: does("publish twice", { room, ref: fc.nat(3), data, apart: after }) };
const client = [
  { weight: 3, arbitrary: does("join", { who, room }) },
  { weight: 1, arbitrary: does("leave", { who, room }) },
  { weight: 6, arbitrary: does("publish", { who, room, times }) },
];
const trouble = [
  { weight: 1, arbitrary: does("publish impatiently", { who, room, patience: after }) },
  { weight: 2, arbitrary: does("cut", { who }) },
  { weight: 1, arbitrary: does("restart", { who }) },
  { weight: 2, arbitrary: does("kill", { who, dead: fc.constantFrom("up", "down", "both") }) },
  { weight: 1, arbitrary: does("sleep", { who }) },
  { weight: 1, arbitrary: does("wake", { who }) },
];

const weather = { weight: 1, arbitrary: does("weather", { rates }) };

const some = (...commands: { weight: number; arbitrary: fc.Arbitrary<unknown> }[]) =>
  fc.array(fc.oneof(...commands), { maxLength: 40, size: "max" }) as fc.Arbitrary<Command[]>;
const everything = some(...raw, twice, ...client, ...trouble, weather);
const [nobody, names, calm] = [fc.constant([]), fc.constant(PEOPLE), fc.constant({})];

/** What happens below any client. */
export const belowClients = fc.record<Story>({ names: nobody, rates, commands: some(...raw, twice, weather) });
/** What happens to people and their clients, and below them. */
export const withClients = fc.record<Story>({ names, rates, commands: everything });
/** The same, when the connections are of an age at which they are renewed. */
export const afterHours = fc.record<Story>({
  names,
  rates: calm,
  commands: fc
    .tuple(rates, everything)
    .map(([rates, commands]) => [{ does: "weather", after: 90 * 60_000, rates }, ...commands]),
});
/** What happens where nothing fails. */
export const untroubled = fc.record<Story>({ names, rates: calm, commands: some(...raw, ...client) });
