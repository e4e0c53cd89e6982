import type * as v from "valibot";
import { expect, expectTypeOf, test } from "vitest";
import type { Answer, AnswerOf, Request, RoomFrame } from "../../client/frames.ts";
import { MAX_DATA_BYTES } from "../../client/outbox.ts";
import type { ANSWERS, FRAMES_TO_MEMBERS } from "../../functions/protocol/answers.ts";
import * as server from "../../functions/protocol/frames.ts";

/** A type without what makes no difference on the wire. */
type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Same<A, B> = [Plain<A>] extends [Plain<B>] ? ([Plain<B>] extends [Plain<A>] ? true : false) : false;

type Answers = { [Type in keyof typeof ANSWERS]: v.InferOutput<(typeof ANSWERS)[Type]> };
type Frames = { [Type in keyof typeof FRAMES_TO_MEMBERS]: v.InferOutput<(typeof FRAMES_TO_MEMBERS)[Type]> };
type Asked = { [Route in keyof typeof server.FRAMES]: v.InferInput<(typeof server.FRAMES)[Route]> };

test("the client's types of answers are those of the server's schemas", () => {
  type Known = Exclude<keyof Answers, "error">;
  expectTypeOf<{ [Type in Known]: Same<AnswerOf<Type>, Answers[Type]> }>().toEqualTypeOf<Record<Known, true>>();
  expectTypeOf<Answer["type"]>().toEqualTypeOf<keyof Answers>();
  // A later server may have codes that this client does not know.
  expectTypeOf<Answers["error"]>().toExtend<AnswerOf<"error">>();
});

test("so are those of frames to members", () => {
  type Type = RoomFrame["type"];
  expectTypeOf<{ [T in Type]: Same<Extract<RoomFrame, { type: T }>, Frames[T]> }>().toEqualTypeOf<Record<Type, true>>();
  expectTypeOf<Type>().toEqualTypeOf<keyof Frames>();
});

test("what the client asks is what the routes take", () => {
  type Route = Request["message"];
  type Taken = { [R in Route]: Extract<Request, { message: R }> extends Asked[R] ? true : false };
  expectTypeOf<Taken>().toEqualTypeOf<Record<Route, true>>();
  expect(MAX_DATA_BYTES).toBe(server.MAX_DATA_BYTES);
});
