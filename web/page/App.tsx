// The page as a whole.

import { EmbedBar } from "./EmbedBar.tsx";
import { Later } from "./Later.tsx";
import { Layout } from "./layout/Layout.tsx";
import { Scrubber } from "./Scrubber.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { isEmbedded, overlay } from "./view.ts";

const OVERLAYS = {
  library: () => import("./Library.tsx"),
  keys: () => import("./KeysOverlay.tsx"),
  share: () => import("./share/ShareDialog.tsx"),
} as const;

export function App() {
  return (
    <>
      {isEmbedded.value ? <EmbedBar /> : <Toolbar />}
      <Scrubber />
      <Layout />
      <StatusLine />
      {overlay.value !== "" && <Later key={overlay.value} load={OVERLAYS[overlay.value]} />}
    </>
  );
}
