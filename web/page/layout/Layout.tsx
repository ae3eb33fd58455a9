// The grid of panels, or on a narrow or a low screen one panel at a time.

import { Fragment } from "preact";
import type { Area } from "../../panels/registry.ts";
import { isLow, isNarrow } from "../view.ts";
import { Divider } from "./Divider.tsx";
import { PanelBody } from "./PanelBody.tsx";
import { bringToFront, frontOf, layout, panels, panelsIn } from "./state.ts";
import { Tabs } from "./Tabs.tsx";
import { areasOf, nameOf, type Split, TREE } from "./tree.ts";
import { weightOf } from "./weight.ts";

/** So many panels have a place in one row. */
const FEW = 3;

export function Layout() {
  const isSingle = isNarrow.value || (isLow.value && panels.value.length > FEW);
  return <main class="layout">{isSingle ? <Single /> : <Node node={TREE} />}</main>;
}

function Node({ node }: { node: Split | Area }) {
  return typeof node === "string" ? <AreaView area={node} /> : <SplitView split={node} />;
}

/** Only branches with panels are there; one alone takes all the room. */
function SplitView({ split }: { split: Split }) {
  const shown = split.children.filter(({ node }) => areasOf(node).some((area) => panelsIn(area).length > 0));
  return (
    <div class={`split split-${split.direction}`}>
      {shown.map((branch, index) => (
        <Fragment key={nameOf(branch.node)}>
          {index > 0 && <Divider split={split} before={shown[index - 1]} after={branch} />}
          <div class="branch" id={`branch-${nameOf(branch.node)}`} style={{ flexGrow: weightOf(branch) }}>
            <Node node={branch.node} />
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function AreaView({ area }: { area: Area }) {
  const front = frontOf(area);
  return (
    <section class="area" aria-label={front.title}>
      <Tabs name={area} area={area} panels={panelsIn(area)} front={front} choose={bringToFront} />
      <PanelBody key={front.id} panel={front} labelledBy={`tab-${area}-${front.id}`} />
    </section>
  );
}

function Single() {
  const front = panels.value.find(({ id }) => id === layout.value.single) ?? panels.value[0];
  return (
    <section class="area" aria-label={front.title}>
      <Tabs name="single" panels={panels.value} front={front} choose={bringToFront} />
      <PanelBody key={front.id} panel={front} labelledBy={`tab-single-${front.id}`} />
    </section>
  );
}
