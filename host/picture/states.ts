// The states of a process, for what shows them.

export {
  STATE_BLOCKED,
  STATE_FREE,
  STATE_NEW,
  STATE_READY,
  STATE_RUNNING,
  STATE_STOPPED,
  STATE_ZOMBIE,
} from "../../assembly/layout.ts";
