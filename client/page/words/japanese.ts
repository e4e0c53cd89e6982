import type { Words } from "./words.ts";

const number = new Intl.NumberFormat("ja");
const counted = (count: number) => `${number.format(count)}件`;

export const japanese: Words = {
  language: "言語",
  loading: "読み込み中…",
  noServer:
    "接続先のサーバーが設定されていません。管理者は、このページと同じ場所の config.json に endpoint を書いてください。",

  welcome: "名前を決めて、話しましょう。",
  yourName: "あなたの名前",
  nameHint: "ほかの人にはこの名前で表示されます。64文字まで。",
  room: "ルーム",
  start: "はじめる",
  changeName: "名前を変える",
  youAre: (name) => `${name} さん`,

  rooms: "ルーム",
  joinRoom: "ルームに入る",
  join: "入る",
  badRoom: "ルーム名は1〜128バイトで、制御文字は使えません。",
  leave: "退出",
  copyLink: "リンクをコピー",
  copied: "コピーしました",
  unread: (count) => `未読${counted(count)}`,
  noRoom: "ルームに入るか、一覧から選んでください。",
  backToRooms: "ルーム一覧",

  connection: {
    connecting: "接続しています…",
    open: "接続済み",
    reconnecting: "接続が切れました。再接続しています。書いたメッセージは、つながり次第送られます。",
    offline: "オフラインです。書いたメッセージは、オンラインに戻ると送られます。",
    unreachable:
      "サーバーが応答しないか、接続が許可されていません。再試行を続けています。書いたメッセージはここで待っています。",
    closed: "接続は終了しました。ページを再読み込みしてください。",
  },
  joining: "ルームに入っています…",
  catchingUp: (count) => `離れていた間のメッセージ${counted(count)}を取得しています…`,
  refused: (reason) => `このルームに入れません。${reason}`,

  messages: (room) => `${room} のメッセージ`,
  beginning: (room) => `ここが ${room} の始まりです。`,
  loadingOlder: "以前のメッセージを読み込んでいます…",
  olderGone: "これより前のメッセージは保存期間を過ぎました。",
  noHistory: "以前のメッセージを読む権限がありません。",
  empty: "まだメッセージはありません。リンクを送って、話しはじめましょう。",
  newHere: "ここから新着",
  toNewest: (unread) => (unread > 0 ? `新着${counted(unread)} ↓` : "最新へ ↓"),
  missed: (count) => `${counted(count)}のメッセージは保存期間を過ぎました`,
  begunAnew: "ルームは新しく始まりました。以前のメッセージは残っていません。",
  today: "今日",
  yesterday: "昨日",
  you: "自分",
  manyCame: (count) => `新着メッセージ${counted(count)}`,

  writeTo: (room) => `${room} へのメッセージ`,
  send: "送信",
  sendKeys: "Enterで送信、Shift+Enterで改行。",
  sending: "送信中…",
  sent: "送信済み",
  notSent: (reason) => `送信できませんでした。${reason}`,
  tryAgain: "再送する",
  discard: "破棄する",
  almostFull: (bytes) => `あと${number.format(bytes)}バイト書けます。`,
  tooLong: (bytes) => `1つのメッセージには${number.format(bytes)}バイト長すぎます。`,
  sendInParts: (count) => `${number.format(count)}つに分けて送る`,
  onlyText: "ここにドロップできるのは1MBまでのテキストだけです。",

  people: "参加者",
  showPeople: (count) => (count === undefined ? "参加者" : `参加者${number.format(count)}人`),
  close: "閉じる",
  more: (count) => `ほか${number.format(count)}人`,
  typing: (names) =>
    names.length > 2 ? "数人が入力中…" : `${names.map((name) => `${name} さん`).join("と")}が入力中…`,

  reasons: {
    FORBIDDEN: "許可されていません。",
    TOO_LARGE: "長すぎます。",
    TOO_MANY_ROOMS: "入っているルームが多すぎます。どれかから退出してください。",
    BAD_ROOM: "このルーム名は使えません。",
    QUEUE_FULL: "送信待ちのメッセージが多すぎます。",
    UNANSWERED: "サーバーから1日応答がありませんでした。",
    other: "サーバーに拒否されました。",
  },
};
