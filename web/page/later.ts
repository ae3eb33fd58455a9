// What a person can do without seeing it: keys, files dropped on the page; and the name by which one finds its tab
// among others. Loaded when there is something to see.

import { effect } from "@preact/signals";
import { startDrop } from "./files.ts";
import { startKeys } from "./keys.ts";
import { title } from "./store.ts";

startKeys();
startDrop();
effect(() => {
  document.title = title.value === "" ? "Timeslice" : `${title.value} – Timeslice`;
});
