// The machine's terminal. It begins as plain text; the screen that interprets escape sequences and takes keys is
// loaded when somebody wants to type, a program waits for that, or output needs it.

import "./terminal.css";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { resizeTerminal, type } from "../../page/actions.ts";
import { picture, status } from "../../page/store.ts";
import { countText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { scheme } from "../../page/view.ts";
import { Feed } from "./feed.ts";
import type { Screen, ScreenListener } from "./screen.ts";

/** Lines of plain text while the machine runs: each frame has to lay them out. */
const LINES_RUNNING = 200;

export default function Terminal() {
  const [feed] = useState(() => new Feed());
  const part = usePart("terminal", feed.query.value);
  useEffect(() => {
    if (part) feed.take(part);
  }, [part]);
  const [isText, setText] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const { screen, host, activate, typeEarly } = useScreen(feed, frame);
  useWindowSize(screen);
  const isScreen = screen !== null && !isText;
  return (
    <div class="terminal">
      <div class="panel-bar">
        <span id="terminal-hint" class="terminal-hint">
          {hintOf(isFocused)}
        </span>
        {feed.skipped.value > 0 && (
          <span title="The program writes more than can be shown: the screen goes on with the newest.">
            {countText(feed.skipped.value)} bytes skipped
          </span>
        )}
        <button type="button" class="button" aria-pressed={isText} onClick={() => setText(!isText)}>
          Plain text
        </button>
      </div>
      <div
        ref={frame}
        class={isText ? "terminal-frame terminal-hidden" : "terminal-frame"}
        role="group"
        aria-label="Terminal"
        aria-describedby="terminal-hint"
        tabIndex={isScreen ? 0 : -1}
        onClick={() => {
          if (isScreen || getSelection()?.isCollapsed !== false) activate();
        }}
        onKeyDown={(event) => {
          if (typeEarly(event)) return event.preventDefault();
          if (event.key !== "Enter" || (isScreen && event.target !== frame.current)) return;
          event.preventDefault();
          activate();
        }}
        onFocusIn={() => setFocused(true)}
        onFocusOut={() => setFocused(false)}
      >
        <div ref={host} class="terminal-screen" />
        {!isScreen && !isText && <Text feed={feed} />}
      </div>
      {isText && <Text feed={feed} />}
      {isScreen && <Copy feed={feed} />}
    </div>
  );
}

/** The output as text, to be read and scrolled. */
function Text({ feed }: { feed: Feed }) {
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [feed.changes.value]);
  return (
    <pre
      ref={box}
      class="terminal-text"
      role="region"
      aria-label="Output as plain text"
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
      }}
    >
      {feed.plain.toString(status.value === "running" ? LINES_RUNNING : undefined)}
    </pre>
  );
}

/** The same beside the screen, for whatever looks for text; brought up to date when the machine stands still. */
function Copy({ feed }: { feed: Feed }) {
  const text = useRef("");
  void feed.changes.value;
  if (status.value !== "running") text.current = feed.plain.toString();
  return (
    <pre class="terminal-copy unseen" aria-hidden="true">
      {text.current}
    </pre>
  );
}

function hintOf(isFocused: boolean): string {
  if (status.value === "ended") return "The machine has ended.";
  if (!isAtEnd()) return "The past: typing begins another future.";
  if (!isFocused) return "Enter or a click lets you type.";
  if (status.value === "paused")
    return "Paused: programs see what you type when the machine runs. Shift+Tab leaves.";
  return "Shift+Tab leaves the terminal.";
}

/** Whether the machine stands at the end of what is known of its run. */
function isAtEnd(): boolean {
  const now = picture.value;
  return now === null || (now.moment.retired >= now.end.retired && now.moment.events >= now.end.events);
}

/**
 * The screen, once it is needed; `activate` gives it the keyboard. Keys that come while it is being loaded are
 * kept for it by `typeEarly`, which says whether it took one.
 */
function useScreen(feed: Feed, frame: RefObject<HTMLDivElement | null>) {
  const host = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const early = useRef("");
  const [isWanted, setWanted] = useState(false);
  const [screen, setScreen] = useState<Screen | null>(null);
  void feed.changes.value;
  const isNeeded = status.value === "input" || !feed.plain.isPlain;
  useEffect(() => {
    if (isNeeded) setWanted(true);
  }, [isNeeded]);
  useEffect(() => {
    if (!isWanted) return;
    return openScreen(host.current!, listenerOf(frame), (opened) => {
      feed.attach(opened);
      setScreen(opened);
      if (!wantsFocus.current) return;
      opened.focus();
      if (early.current !== "") void type(new TextEncoder().encode(early.current));
    });
  }, [isWanted]);
  useEffect(() => () => feed.attach(null), []);
  useEffect(() => screen?.recolour(), [scheme.value, screen]);
  const activate = () => {
    wantsFocus.current = true;
    setWanted(true);
    screen?.focus();
  };
  const typeEarly = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => {
    const text = key === "Enter" ? "\r" : key;
    if (!wantsFocus.current || screen !== null || text.length !== 1) return false;
    if (ctrlKey || altKey || metaKey) return false;
    early.current += text;
    return true;
  };
  return { screen, host, activate, typeEarly };
}

function listenerOf(frame: RefObject<HTMLDivElement | null>): ScreenListener {
  return {
    typed: (bytes) => void type(bytes),
    left: () => frame.current?.focus(),
  };
}

/** Loads the screen into its element and fits it to it; returns what takes it away. */
function openScreen(host: HTMLElement, listener: ScreenListener, opened: (screen: Screen) => void) {
  let screen: Screen | null = null;
  let isGone = false;
  const observer = new ResizeObserver(() => screen?.fit());
  void import("./screen.ts").then((module) => {
    if (isGone) return;
    screen = new module.Screen(host, listener);
    observer.observe(host);
    opened(screen);
  });
  return () => {
    isGone = true;
    observer.disconnect();
    screen?.dispose();
  };
}

/** Tells the machine the size of the screen; in the past that would change the future, so not there. */
function useWindowSize(screen: Screen | null): void {
  const told = useRef("");
  const run = picture.value?.terminal?.run ?? 0;
  useEffect(() => {
    if (screen === null || run === 0 || !isAtEnd()) return;
    const { rows, columns } = screen;
    const size = `${run} ${rows} ${columns}`;
    if (told.current === size) return;
    told.current = size;
    void resizeTerminal(rows, columns);
  });
}
