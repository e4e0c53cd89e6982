/** The rooms of the demo, each with its people: 200 in all. One is so large that it is served in segments. */
export const ROOMS: readonly { readonly name: string; readonly people: number }[] = [
  { name: "lobby", people: 80 },
  { name: "music", people: 40 },
  { name: "football", people: 25 },
  { name: "cooking", people: 18 },
  { name: "books", people: 12 },
  { name: "release 4.2", people: 9 },
  { name: "on call", people: 7 },
  { name: "the flat", people: 4 },
  { name: "chess", people: 3 },
  { name: "two of us", people: 2 },
];

/** What people say, in no order. */
export const PHRASES: readonly string[] = [
  "Good morning!",
  "Has anybody seen the agenda?",
  "I'll be ten minutes late.",
  "That is what I thought, too.",
  "Sounds good to me.",
  "Could you say that again?",
  "Look at this: it works.",
  "No idea. Does somebody else know?",
  "Thanks!",
  "Who brings the cake?",
];
