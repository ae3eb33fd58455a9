// What a person can do without seeing it: keys, and files dropped on the page. Loaded when there is something to see.

import { startDrop } from "./files.ts";
import { startKeys } from "./keys.ts";

startKeys();
startDrop();
