// The list of all breakpoints below the code.

import { BreakpointList } from "../../page/BreakpointList.tsx";

export default function Breakpoints() {
  return <BreakpointList />;
}
