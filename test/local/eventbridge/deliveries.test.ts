import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bus, DEAD_LETTERS, directory, entry, failing, MACHINE, TRACE } from "./bus.ts";

const withQueue = { DeadLetterConfig: { Arn: DEAD_LETTERS } };
const never = () => new Promise<void>(() => undefined);

describe("a failed delivery", () => {
  test("is tried again after waits that double", async () => {
    const { put, clock, attempts, delivered } = await bus({
      deliver: (attempt) => (attempt <= 3 ? failing("InternalServerError")() : undefined),
    });
    const start = clock.now();
    await put(entry());
    await clock.advance(60_000);
    expect(attempts.map((at) => at - start)).toEqual([0, 1_000, 3_000, 7_000]);
    expect(delivered).toHaveLength(1);
  });

  test("does not keep other targets waiting", async () => {
    const targets = ["slow", "bad", "good"].map((Id) => ({ Id, Arn: MACHINE }));
    const { put, clock, delivered } = await bus({
      targets,
      deliver: (_attempt, { id }) => (id === "slow" ? never() : id === "bad" ? failing("InternalError")() : undefined),
    });
    await put(entry());
    await clock.advance(0);
    expect(delivered.map(({ target }) => target.id)).toEqual(["good"]);
  });

  test("is dead-lettered with the event once the attempts of its policy are used up", async () => {
    const { put, clock, attempts, deadLetters } = await bus({
      target: { ...withQueue, RetryPolicy: { MaximumRetryAttempts: 2 } },
      deliver: failing("ThrottlingException"),
    });
    await put(entry());
    await clock.advance(600_000);
    expect(attempts).toHaveLength(3);
    expect(deadLetters).toEqual([
      {
        queueArn: DEAD_LETTERS,
        ruleArn: "arn:aws:events:us-east-1:123456789012:rule/orders/to-work",
        body: expect.objectContaining({ id: "event-1", "detail-type": "Ordered", detail: { order: 1 } }),
        attributes: {
          RULE_ARN: "arn:aws:events:us-east-1:123456789012:rule/orders/to-work",
          TARGET_ARN: MACHINE,
          ERROR_CODE: "THROTTLING",
          ERROR_MESSAGE: "ThrottlingException it is",
          EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
          RETRY_ATTEMPTS: "2",
        },
      },
    ]);
  });

  test("is dead-lettered once the event is too old", async () => {
    const { put, clock, attempts, deadLetters } = await bus({
      target: { ...withQueue, RetryPolicy: { MaximumEventAgeInSeconds: 60 } },
      deliver: failing("InternalServerError"),
    });
    await put(entry());
    await clock.advance(86_400_000);
    expect(attempts).toHaveLength(6);
    expect(deadLetters[0]?.attributes).toMatchObject({ EXHAUSTED_RETRY_CONDITION: "MaximumEventAgeInSeconds" });
  });

  test("without a policy is tried for a day and at most 185 times more", async () => {
    const { put, clock, attempts, deadLetters } = await bus({ target: withQueue, deliver: failing("InternalError") });
    const start = clock.now();
    await put(entry());
    await clock.advance(2 * 86_400_000);
    expect(attempts.length).toBeGreaterThan(90);
    expect(attempts.length).toBeLessThanOrEqual(186);
    expect(attempts.at(-1)).toBeGreaterThan(start + 80_000_000);
    expect(deadLetters).toHaveLength(1);
  });

  test.each([
    ["AccessDeniedException", "NO_PERMISSIONS"],
    ["StateMachineDoesNotExist", "NO_RESOURCE"],
    ["ResourceNotFoundException", "NO_RESOURCE"],
  ])("for %s is not tried again", async (name, code) => {
    const { put, clock, attempts, deadLetters, logged } = await bus({ target: withQueue, deliver: failing(name) });
    await put(entry());
    await clock.advance(86_400_000);
    expect(attempts).toHaveLength(1);
    expect(logged).toMatchObject([{ level: "warn", details: { ERROR_CODE: code, queue: DEAD_LETTERS } }]);
    expect(deadLetters.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({ ERROR_CODE: code, RETRY_ATTEMPTS: "0" }),
    ]);
    expect(deadLetters[0]?.attributes).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
  });

  test("without a dead-letter queue is dropped, and the log names the event", async () => {
    const { put, clock, logged } = await bus({ deliver: failing("AccessDeniedException") });
    await put(entry());
    await clock.advance(0);
    expect(logged).toMatchObject([{ level: "warn", details: { eventId: "event-1", ERROR_CODE: "NO_PERMISSIONS" } }]);
  });

  test("is dead-lettered with the trace header of its event", async () => {
    const { put, clock, deadLetters } = await bus({ target: withQueue, deliver: failing("AccessDeniedException") });
    await put(entry({ TraceHeader: TRACE }));
    await clock.advance(0);
    expect(deadLetters).toMatchObject([{ trace: TRACE }]);
  });

  test("that can't be dead-lettered either is in the log", async () => {
    const { put, clock, logged } = await bus({
      target: withQueue,
      deliver: failing("AccessDeniedException"),
      sendDeadLetter: failing("QueueDoesNotExist"),
    });
    await put(entry());
    await clock.advance(0);
    expect(logged).toMatchObject([{ level: "warn", details: { eventId: "event-1", queue: DEAD_LETTERS } }]);
  });
});

describe("after a restart", () => {
  test("what was accepted and not delivered is delivered, with its trace; what was delivered is not", async () => {
    const kept = await directory();
    const before = await bus({ directory: kept, deliver: (attempt) => (attempt === 1 ? undefined : never()) });
    await before.put(entry({ Detail: '{"order": 1}' }));
    await before.put(entry({ Detail: '{"order": 2}', TraceHeader: TRACE }));
    await before.clock.advance(0);
    await before.stop();

    const after = await bus({ directory: kept });
    expect(after.recover()).toBe(1);
    await after.clock.advance(0);
    expect(after.delivered).toMatchObject([{ input: { detail: { order: 2 } }, trace: TRACE }]);
    await after.stop();
    expect((await bus({ directory: kept })).recover()).toBe(0);
  });

  test("the wait for a retry is over and the event keeps its age", async () => {
    const kept = await directory();
    const target = { ...withQueue, RetryPolicy: { MaximumEventAgeInSeconds: 60 } };
    const before = await bus({ directory: kept, target, deliver: failing("InternalError") });
    await before.put(entry());
    await before.clock.advance(20_000);
    await before.stop();

    const after = await bus({ directory: kept, target, deliver: failing("InternalError") });
    await after.clock.advance(59_900);
    after.recover();
    await after.clock.advance(0);
    expect(after.deadLetters).toHaveLength(1);
  });

  test("an event for a target that the template has no more is dropped, and the log names it", async () => {
    const kept = await directory();
    const before = await bus({ directory: kept, deliver: never });
    await before.put(entry());
    await before.stop();
    const after = await bus({ directory: kept, rule: { Name: "renamed" } });
    after.recover();
    await after.clock.advance(0);
    expect(after.logged).toMatchObject([{ level: "warn", details: { eventId: "event-1", targetId: "work" } }]);
  });

  test("a line that was being written at the crash is left out", async () => {
    const kept = await directory();
    await appendFile(join(kept, "deliveries.journal"), '12345678 ["event-1 ');
    expect((await bus({ directory: kept })).recover()).toBe(0);
  });

  test("a damaged journal stops the start and is named", async () => {
    const kept = await directory();
    const file = join(kept, "deliveries.journal");
    const before = await bus({ directory: kept, deliver: never });
    await before.put(entry(), entry());
    await before.stop();
    await writeFile(file, (await readFile(file, "utf8")).replace("shop", "shed"));
    await expect(bus({ directory: kept })).rejects.toThrow(`${file}: line 1 is damaged`);
  });
});

test("an event accepted by PutEvents survives kill -9 and is delivered after the restart", async () => {
  const kept = await directory();
  const child = spawn(process.execPath, [join(import.meta.dirname, "put-and-hang.ts"), kept], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [answer] = await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");

  const after = await bus({ directory: kept });
  expect(after.recover()).toBe(1);
  await after.clock.advance(0);
  expect(JSON.parse(String(answer))).toMatchObject({ Entries: [{ EventId: after.delivered[0]?.input.id }] });
});
