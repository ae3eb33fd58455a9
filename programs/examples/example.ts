// The shape of index.json, which lists the examples in the order in which they are shown: plain data, so that
// the page, the scripts and the tests read the same.

export interface ExampleIndex {
  /** The groups, in order. */
  readonly topics: readonly string[];
  /** The first one is what the page shows first. */
  readonly examples: readonly Example[];
}

export interface Example {
  /** Its name on the command line and in links; the source is `id`.s, the program build/examples/`id`. */
  readonly id: string;
  /** In a few words, as in a list. */
  readonly title: string;
  readonly topic: string;
  /** What to look at, and where, in two or three sentences. */
  readonly look: string;
  /** What it needs of the machine to show its point; the rest is as by default. */
  readonly configuration: Partial<ExampleConfiguration>;
  /** Instructions a second at which one can watch it: absent where a person's input decides how long it takes. */
  readonly pace?: number;
  /** The same program on another machine, for comparison. */
  readonly variants?: readonly ExampleVariant[];
  /** What a person would type, for examples that read from the terminal: a suggestion. */
  readonly input?: string;
  /** How the run ends, if not with the end of the program. */
  readonly end?: "deadlock";
  /** Panels that show it best, the most telling one first. */
  readonly panels: readonly ExamplePanel[];
  /** Places worth a stop: symbols of the source. */
  readonly stops: readonly ExampleStop[];
  /** Programs of /bin that it executes; "all" if a person decides. */
  readonly programs?: readonly string[] | "all";
  /** Ids of examples that go on from here. */
  readonly related: readonly string[];
}

/** As in the machine's configuration. */
export interface ExampleConfiguration {
  readonly harts: number;
  readonly scheduler: "round-robin" | "first-come";
  /** Instructions in a time slice. */
  readonly quantum: number;
}

export interface ExampleVariant {
  /** As on a button. */
  readonly title: string;
  readonly configuration: Partial<ExampleConfiguration>;
}

export interface ExampleStop {
  readonly symbol: string;
  /** What is to be seen there, in one sentence. */
  readonly shows: string;
}

export type ExamplePanel =
  | "processes"
  | "timeline"
  | "pcb"
  | "pages"
  | "files"
  | "terminal"
  | "code"
  | "registers"
  | "memory"
  | "states"
  | "statistics";
