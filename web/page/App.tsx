// The page as a whole.

import { Later } from "./Later.tsx";
import { Layout } from "./layout/Layout.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { isEmbedded, overlay } from "./view.ts";

const OVERLAYS = {
  library: () => import("./Library.tsx"),
  keys: () => import("./KeysOverlay.tsx"),
  share: () => import("./share/ShareDialog.tsx"),
} as const;

const loadEmbedBar = () => import("./EmbedBar.tsx");
const loadScrubber = () => import("./Scrubber.tsx");
/** What keeps the room of the two. */
const BAR_ROOM = <header class="toolbar" />;
const SCRUBBER_ROOM = (
  <section class="scrubber">
    <div class="scrubber-line" />
  </section>
);

export function App() {
  return (
    <>
      {isEmbedded.value ? <Later load={loadEmbedBar} placeholder={BAR_ROOM} /> : <Toolbar />}
      <Later load={loadScrubber} placeholder={SCRUBBER_ROOM} />
      <Layout />
      <StatusLine />
      {overlay.value !== "" && <Later key={overlay.value} load={OVERLAYS[overlay.value]} />}
    </>
  );
}
