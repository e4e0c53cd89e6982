import type { Words } from "./words.ts";

const number = new Intl.NumberFormat("en");
const counted = (count: number, one: string, many = `${one}s`) => `${number.format(count)} ${count === 1 ? one : many}`;

export const english: Words = {
  language: "Language",
  loading: "Loading…",
  noServer: "This page does not know its server. Whoever runs it has to put the endpoint into config.json beside it.",

  welcome: "Choose a name, and talk.",
  yourName: "Your name",
  nameHint: "This is how others see you. At most 64 characters.",
  room: "Room",
  start: "Start",
  changeName: "Change name",
  youAre: (name) => `You are ${name}`,

  rooms: "Rooms",
  joinRoom: "Join a room",
  join: "Join",
  badRoom: "A room's name has 1 to 128 bytes and no control characters.",
  leave: "Leave",
  copyLink: "Copy link",
  copied: "Copied",
  unread: (count) => counted(count, "unread message"),
  noRoom: "Join a room, or choose one of yours.",
  backToRooms: "All rooms",

  connection: {
    connecting: "Connecting…",
    open: "Connected",
    reconnecting: "The connection was lost. Trying again; what you write is sent then.",
    offline: "You are offline. What you write is sent when you are back.",
    unreachable: "The server does not answer, or does not let you in. Still trying; what you write waits here.",
    closed: "The connection is closed. Load the page again.",
  },
  joining: "Entering the room…",
  catchingUp: (count) => `Fetching ${counted(count, "message")} that you missed…`,
  refused: (reason) => `You are not in this room. ${reason}`,

  messages: (room) => `Messages in ${room}`,
  beginning: (room) => `This is where ${room} begins.`,
  loadingOlder: "Loading older messages…",
  olderGone: "Older messages are no longer kept.",
  noHistory: "You may not read what was said here before.",
  empty: "Nothing was said here yet. Send somebody the link, and talk.",
  newHere: "New",
  toNewest: (unread) => (unread > 0 ? `${counted(unread, "new message")} ↓` : "To the newest ↓"),
  missed: (count) => `${counted(count, "message is", "messages are")} no longer kept`,
  begunAnew: "The room has begun anew: what was said before is gone.",
  today: "Today",
  yesterday: "Yesterday",
  you: "you",
  manyCame: (count) => counted(count, "new message"),

  writeTo: (room) => `Message to ${room}`,
  send: "Send",
  sendKeys: "Enter sends, Shift+Enter begins a new line.",
  sending: "Sending…",
  sent: "Sent",
  notSent: (reason) => `Not sent. ${reason}`,
  tryAgain: "Try again",
  discard: "Discard",
  almostFull: (bytes) => `Room for ${number.format(bytes)} more bytes.`,
  tooLong: (bytes) => `${counted(bytes, "byte")} too long for one message.`,
  sendInParts: (count) => `Send as ${number.format(count)} messages`,
  onlyText: "Only text can be dropped here, up to 1 MB.",

  people: "People here",
  showPeople: (count) => (count === undefined ? "People" : counted(count, "person here", "people here")),
  close: "Close",
  more: (count) => `and ${number.format(count)} more`,
  typing: (names) => {
    const [first = "", second = ""] = names;
    if (names.length > 2) return "Several people are typing…";
    return names.length === 2 ? `${first} and ${second} are typing…` : `${first} is typing…`;
  },

  reasons: {
    FORBIDDEN: "You are not allowed to.",
    TOO_LARGE: "It is too long.",
    TOO_MANY_ROOMS: "You are in too many rooms: leave one first.",
    BAD_ROOM: "The room's name is not allowed.",
    QUEUE_FULL: "Too many messages are waiting already.",
    UNANSWERED: "The server did not answer for a day.",
    other: "The server refused it.",
  },
};
