type Hour = `${number}:${number}`;

/** Somebody says something at an hour of the day. */
interface Line {
  readonly at: Hour;
  readonly who: string;
  readonly text: string;
}

/** What is to be seen of the chat page: one person's rooms, the first of which is open. */
export interface Scene {
  readonly locale: string;
  /** Stands at the end of the pictures' names. */
  readonly suffix: string;
  /** Whose screen it is. */
  readonly me: string;
  readonly rooms: readonly [Room, ...Room[]];
  /** Types in the open room as the picture is taken. */
  readonly typist: string;
  /** The hour on the screen. */
  readonly now: Hour;
}

interface Room {
  readonly name: string;
  readonly lines: readonly Line[];
}

const english: Scene = {
  locale: "en-US",
  suffix: "",
  me: "Ann",
  typist: "Leo",
  now: "20:00",
  rooms: [
    {
      name: "the hike",
      lines: [
        { at: "19:44", who: "Mika", text: "The forecast has turned: sun from nine on Saturday." },
        { at: "19:45", who: "Jonas", text: "Then let's take the ridge. I'd rather have the view than the forest." },
        { at: "19:47", who: "Ann", text: "The ridge it is. Who has a car?" },
        { at: "19:48", who: "Amara", text: "Me, with three seats left. Map and bus times: https://example.org/ridge" },
        { at: "19:48", who: "Amara", text: "Half past seven at the station?" },
        { at: "19:55", who: "Leo", text: "Sorry, I was in the tunnel. It has all come in by now, and I'm in!" },
        { at: "19:57", who: "Ann", text: "I'll bring coffee. A lot of it." },
        { at: "19:58", who: "Jonas", text: "For coffee I get up at six." },
      ],
    },
    {
      name: "book club",
      lines: [
        { at: "19:50", who: "Jonas", text: "Chapter nine!" },
        { at: "19:51", who: "Mika", text: "No spoilers, please." },
        { at: "19:56", who: "Jonas", text: "I'm saying nothing." },
      ],
    },
    { name: "lobby", lines: [] },
  ],
};

const japanese: Scene = {
  locale: "ja-JP",
  suffix: "-ja",
  me: "葵",
  typist: "大輔",
  now: "20:00",
  rooms: [
    {
      name: "土曜の山歩き",
      lines: [
        { at: "19:44", who: "美香", text: "土曜の予報、よくなりましたね。9時からずっと晴れです。" },
        { at: "19:45", who: "翔", text: "それなら尾根のコースにしませんか。森の中より景色がいいので。" },
        { at: "19:47", who: "葵", text: "賛成です。車を出せる方はいますか？" },
        {
          at: "19:48",
          who: "由美",
          text: "出せます。あと3人乗れます。地図とバスの時刻はこちらです: https://example.org/ridge",
        },
        { at: "19:48", who: "由美", text: "7時半に駅前でどうでしょう。" },
        { at: "19:55", who: "大輔", text: "すみません、トンネルで圏外でした。いま全部届いたので、参加します！" },
        { at: "19:57", who: "葵", text: "コーヒーをたっぷり持っていきますね。" },
        { at: "19:58", who: "翔", text: "コーヒーがあるなら6時に起きます。" },
      ],
    },
    {
      name: "読書会",
      lines: [
        { at: "19:50", who: "翔", text: "第9章、読みましたか？" },
        { at: "19:51", who: "美香", text: "まだなので、ネタバレは禁止です。" },
        { at: "19:56", who: "翔", text: "何も言いません。" },
      ],
    },
    { name: "ロビー", lines: [] },
  ],
};

export const SCENES: readonly Scene[] = [english, japanese];
