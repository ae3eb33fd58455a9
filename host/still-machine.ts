// A machine that stands still: its core, its kernel's state, the programs that are put into it, and its clock. It is
// all that is needed up to the first instruction of the first process; what makes it run is Machine (machine.ts).

import { EVENT_INPUT, MACHINE, MACHINE_EVENT_COUNT, MACHINE_RETIRED } from "../assembly/layout.ts";
import { storeFile } from "./fs/import.ts";
import { startProcess } from "./kernel/boot.ts";
import { createBootKernel, initialState } from "./kernel/create.ts";
import type { BootKernel } from "./kernel/kernel.ts";
import { type Configuration, configure } from "./machine/configuration.ts";
import { clock, readTime } from "./machine/core.ts";
import { createCore } from "./machine/instance.ts";
import { INPUT_NAMES, type InputName } from "./trace/input-names.ts";

export interface MachineOptions extends Partial<Configuration> {
  /** The compiled core, as `loadCore` of the platform gives it. */
  readonly core: WebAssembly.Module;
  /** Which of standard input, output and error are a terminal; default none. */
  readonly terminal?: readonly [boolean, boolean, boolean];
  /** Size of the terminal; default 24 by 80. */
  readonly rows?: number;
  readonly columns?: number;
  /**
   * Whether the terminal has a line discipline of its own: edits lines, echoes, makes signals of Ctrl-C and the like.
   * For a terminal whose keys come one by one (a page's); default no, for one that does all that itself.
   */
  readonly lineDiscipline?: boolean;
}

export class StillMachine {
  /** The kernel behind the machine: for tests, tracers and debuggers. */
  readonly kernel: BootKernel;

  protected constructor(kernel: BootKernel) {
    this.kernel = kernel;
  }

  /** A machine without processes. Throws ConfigurationError where an option cannot be. */
  static async create(options: MachineOptions): Promise<StillMachine> {
    const { core: module, terminal, rows, columns, lineDiscipline, ...given } = options;
    const configuration = configure(given);
    const core = await createCore(module, configuration);
    const files = {
      ...(terminal && { terminal }),
      ...(rows && { rows }),
      ...(columns && { columns }),
      ...(lineDiscipline && { lineDiscipline }),
    };
    return new StillMachine(createBootKernel(configuration, core, initialState(configuration, files)));
  }

  get configuration(): Configuration {
    return this.kernel.configuration;
  }

  /** Puts a file into the machine, directories on the way included. Throws where the path cannot be. */
  writeFile(path: string, content: Uint8Array, mode = 0o644): void {
    this.note("file");
    storeFile(this.kernel.state.files, toBytes(path), content, mode);
  }

  /** Starts a program of the file system: as the first process, or as a child of init. Its pid, or a negated errno. */
  start(path: string, args: readonly string[] = [path], environment: readonly string[] = []): number {
    this.note("process");
    return startProcess(this.kernel, toBytes(path), args.map(toBytes), environment.map(toBytes));
  }

  /** Puts an executable into /bin under the name of its first argument, and starts it. Its pid, or a negated errno. */
  load(
    program: Uint8Array,
    args: readonly string[] = ["program"],
    environment: readonly string[] = [],
  ): number {
    const name = args.length > 0 ? args[0].slice(args[0].lastIndexOf("/") + 1) : "program";
    const path = `/bin/${name}`;
    this.writeFile(path, program, 0o755);
    return this.start(path, args, environment);
  }

  /** Whatever the outside does is an event, so that no two states of a run have as many of them. */
  protected note(what: InputName): void {
    this.kernel.core.emit(EVENT_INPUT, 0, 0, INPUT_NAMES.indexOf(what), 0, 0);
  }

  /** Instructions retired by all harts since the start. */
  get instructions(): number {
    return readTime(this.kernel.core, MACHINE + MACHINE_RETIRED);
  }

  /** Virtual time in ticks: the clock of the hart whose turn it is. */
  get time(): number {
    return clock(this.kernel.core);
  }

  /** Events ever written to the ring. */
  get eventCount(): number {
    return readTime(this.kernel.core, MACHINE + MACHINE_EVENT_COUNT);
  }
}

/** Text as the byte string of its UTF-8 form. */
function toBytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
