// The page's entry: looks first, then the machine.

import "../style/tokens.css";
import "../style/base.css";
import "../style/layout.css";
import "../style/toolbar.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { startSpeed } from "./actions.ts";
import { firstViewEnds } from "./first-view.ts";
import { startFrames } from "./frames.ts";
import { startLayout } from "./layout/state.ts";
import { startEmbed, startProgram } from "./start.ts";
import { startView } from "./view.ts";

startView();
startLayout();
startEmbed();
render(<App />, document.getElementById("app")!);
startFrames();
void startSpeed();
void startProgram();
void firstViewEnds.then(() => import("./later.ts"));
