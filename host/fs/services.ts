// What the file system asks of the machine around it; the kernel gives it.

export interface FileServices {
  /** Wakes all who wait on the channel (WAIT_* << WAIT_KIND_SHIFT | object), pollers included. */
  wakeup(channel: number): void;
  /** Hands bytes to the outside: stream 1 is standard output, 2 standard error. Valid during the call. */
  output(stream: number, bytes: Uint8Array): void;
}
