// docs/examples.md from the index of the examples: written by generate.mjs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./steps.mjs";

const HEAD = `# Examples

<!-- Generated from programs/examples/index.json by scripts/generate.mjs: do not edit. -->

Small programs in assembly, each of which shows one thing. They come with the machine: \`npm start -- run fork\` runs
one, \`npm start -- run --strace fork\` shows its system calls, and \`npm start -- trace -o fork.json fork\` writes
when each of its processes did what. The sources lie in \`programs/examples/\`; what they share is in \`programs/lib/\`.
`;

/** The page as Markdown. */
export function writeExamplesPage() {
  const { topics, examples } = JSON.parse(readFileSync(join(ROOT, "programs/examples/index.json"), "utf8"));
  const titles = new Map(examples.map(({ id, title }) => [id, title]));
  const sections = topics.map((topic) => {
    const own = examples.filter((example) => example.topic === topic);
    return [`## ${topic}\n`, ...own.map((example) => writeExample(example, titles))].join("\n");
  });
  return [HEAD, ...sections].join("\n");
}

function writeExample({ id, title, look, configuration, variants = [], input, stops, related }, titles) {
  const runs = [{ title: "", configuration }, ...variants];
  const commands = runs.map(({ title: name, configuration: given }) => {
    const options = Object.entries(given).map(([option, value]) => `--${option} ${value} `);
    return `npm start -- run ${options.join("")}${id}${name && `   # ${name.toLowerCase()}`}`;
  });
  const lines = [
    `### ${title}\n`,
    `[\`${id}\`](../programs/examples/${id}.s). ${look}\n`,
    `\`\`\`\n${commands.join("\n")}\n\`\`\`\n`,
  ];
  if (input)
    lines.push(
      `Type, for instance: ${input
        .trimEnd()
        .split("\n")
        .map((line) => `\`${line}\``)
        .join(", ")}.\n`,
    );
  if (stops.length > 0) {
    lines.push(`${stops.map(({ symbol, shows }) => `- \`${symbol}\`: ${shows}`).join("\n")}\n`);
  }
  const links = related.map((other) => `[${titles.get(other)}](#${anchor(titles.get(other))})`);
  if (links.length > 0) lines.push(`See also: ${links.join(" · ")}.\n`);
  return lines.join("\n");
}

/** A heading's name in links, as GitHub makes it. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}
