// The page as a whole.

import { KeysOverlay } from "./KeysOverlay.tsx";
import { Layout } from "./layout/Layout.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { overlay } from "./view.ts";

export function App() {
  return (
    <>
      <Toolbar />
      <Layout />
      <StatusLine />
      {overlay.value === "keys" && <KeysOverlay />}
    </>
  );
}
