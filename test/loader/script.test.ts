import { expect, test } from "vitest";
import { parseScript } from "../../host/loader/script.ts";
import { ENOEXEC } from "../../host/syscalls/errno.ts";

const head = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0)).subarray(0, 256);

const LONG = "a".repeat(400);

test.each([
  ["#!/bin/sh\necho", { interpreter: "/bin/sh", argument: null }],
  ["#! /bin/sh\n", { interpreter: "/bin/sh", argument: null }],
  ["#!/bin/sh -e\n", { interpreter: "/bin/sh", argument: "-e" }],
  ["#!\t/bin/env \t sh -x  \n", { interpreter: "/bin/env", argument: "sh -x" }],
  ["#!/bin/sh", { interpreter: "/bin/sh", argument: null }],
  ["#!/bin/sh\r\n", { interpreter: "/bin/sh\r", argument: null }],
  ["#!/bin/sh\0 -x\n", { interpreter: "/bin/sh", argument: null }],
  ["#!\n", -ENOEXEC],
  ["#!   \t \n", -ENOEXEC],
  ["#!", -ENOEXEC],
  ["echo\n", null],
  ["", null],
])("%j is read as Linux reads it", (text, expected) => {
  expect(parseScript(head(text))).toEqual(expected);
});

test("an argument is cut where the kernel's buffer ends, but an interpreter's name is not", () => {
  expect(parseScript(head(`#!/bin/sh ${LONG}`))).toEqual({
    interpreter: "/bin/sh",
    argument: LONG.slice(0, 245),
  });
  expect(parseScript(head(`#!/${LONG}`))).toBe(-ENOEXEC);
});
