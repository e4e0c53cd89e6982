/** The rooms of the demo, each with its people: 200 in all. One is so large that it is served in segments. */
export const ROOMS: readonly { readonly name: string; readonly people: number }[] = [
  { name: "lobby", people: 60 },
  { name: "music", people: 40 },
  { name: "football", people: 30 },
  { name: "cooking", people: 22 },
  { name: "books", people: 16 },
  { name: "release 4.2", people: 12 },
  { name: "on call", people: 9 },
  { name: "the flat", people: 6 },
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
