// What the file system asks of the machine around it; the kernel gives it.

/** What is asked for whenever an open file goes. */
export interface Waker {
  /** Wakes all who wait on the channel (WAIT_* << WAIT_KIND_SHIFT | object), pollers included. */
  wakeup(channel: number): void;
}

export interface FileServices extends Waker {
  /** Hands bytes to the outside: stream 1 is standard output, 2 standard error. Valid during the call. */
  output(stream: number, bytes: Uint8Array): void;
  /** Virtual time in ticks. */
  now(): number;
  /**
   * Sends a signal of the terminal's to every process of the group; group 0: to every process of the session
   * but init.
   */
  signalGroup(group: number, session: number, signal: number): void;
}
