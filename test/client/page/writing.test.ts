import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { scriptedPage } from "./fixture/scripted-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const inRoom = async () => {
  const { server, person } = await scriptedPage(browser);
  await person.enter("ann");
  return { server, person, field: person.getByRole("textbox", { name: "Message to lobby" }) };
};

test("what is being written survives a reload, and is gone once it is sent", async () => {
  const { person, field } = await inRoom();
  await field.fill("half a sen");
  await person.reload();
  expect(await field.inputValue()).toBe("half a sen");
  await field.press("Enter");
  await person.log.getByText("half a sen").waitFor();
  await expect.poll(() => person.getByText("Sending…").count()).toBe(0);
  await person.reload();
  await person.log.getByText("half a sen").waitFor();
  expect(await field.inputValue()).toBe("");
});

test("a message is on the screen before the server knows of it", async () => {
  const { server, person } = await inRoom();
  server.answers((frame) => (frame.message === "publish" ? "nothing" : "usual"));
  await person.say("at once");
  await person.log.getByText("at once").waitFor();
  await person.log.getByText("Sending…").waitFor();
});

test("Shift+Enter begins a line, and the Enter that ends a composition sends nothing", async () => {
  const { server, person, field } = await inRoom();
  await field.pressSequentially("one");
  await field.press("Shift+Enter");
  await field.pressSequentially("two");
  await field.dispatchEvent("keydown", { key: "Enter", isComposing: true });
  expect(server.asked("publish")).toEqual([]);
  await field.press("Enter");
  await server.isAsked("publish");
  expect(server.asked("publish")[0]?.data).toBe("one\ntwo");
  await person.log.getByText("one two").waitFor();
});

test("a text that is too long stays, says by how much, and can be sent in parts", async () => {
  const { server, person, field } = await inRoom();
  await field.fill(`${"a".repeat(28_000)}\n${"b".repeat(2_000)}`);
  await person.getByText("1,332 bytes too long for one message.").waitFor();
  expect(await person.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
  await field.press("Enter");
  expect(server.asked("publish")).toEqual([]);
  await person.getByRole("button", { name: "Send as 2 messages" }).click();
  await server.isAsked("publish", 2);
  expect(server.asked("publish").map(({ data }) => String(data).length)).toEqual([28_000, 2_000]);
  expect(await field.inputValue()).toBe("");
});

test("a text file that is dropped is written into the message; anything else is refused in words", async () => {
  const { person, field } = await inRoom();
  const drop = (contents: string) =>
    person.evaluate(`{
      const dropped = new DataTransfer();
      dropped.items.add(new File([${contents}], "notes"));
      const drop = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
      document.querySelector("textarea").dispatchEvent(drop);
    }`);
  await field.fill("Look: ");
  await drop('"the notes"');
  await expect.poll(() => field.inputValue()).toBe("Look: the notes");
  await drop("new Uint8Array([0xff, 0xfe])");
  await person.getByText("Only text can be dropped here, up to 1 MB.").waitFor();
  expect(await field.inputValue()).toBe("Look: the notes");
});

test("who types is told to the others", async () => {
  const { server, field } = await inRoom();
  await field.pressSequentially("hello");
  await server.isAsked("typing");
});
