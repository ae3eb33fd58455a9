// Links objects and archives to a static executable: decides which definition each name means, pulls archive
// members that define what is missing, and has the layout and the relocation done. Never relaxes.

import { SHN_ABS, SHN_COMMON, SHN_UNDEF, STB_GLOBAL, STB_LOCAL, STB_WEAK } from "../loader/elf-constants.ts";
import { type Diagnostic, Diagnostics, nearest } from "./diagnostics.ts";
import { layOutProgram } from "./link-layout.ts";
import { writeProgram } from "./link-output.ts";
import {
  type Archive,
  InputError,
  type InputObject,
  type InputSection,
  type InputSymbol,
  isArchive,
  readArchive,
  readObject,
} from "./object-reader.ts";

export interface LinkInput {
  /** Name of the file, for messages. */
  readonly name: string;
  /** An ELF32 object, or an archive, from which only what is needed is taken. */
  readonly bytes: Uint8Array;
}

export interface LinkOptions {
  /** The symbol that the program begins at. Default: `_start`. */
  readonly entry?: string;
  /** Where the first segment, which begins with the file's headers, lies: a multiple of 4096. Default: 0x10000. */
  readonly textAddress?: number;
}

export interface LinkResult {
  /** ELF32 EXEC; empty if there are errors. */
  readonly program: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a global name stands for. */
export interface Definition {
  readonly name: string;
  /** Undefined for names that the linker provides. */
  readonly object: InputObject | undefined;
  readonly symbol: InputSymbol;
  readonly section: InputSection | undefined;
  /** Address in the program, set by the layout. */
  address: number;
}

/** A block without contents that objects share by name. */
export interface Common {
  size: number;
  align: number;
}

/** All that is linked, before and after it has addresses. */
export interface Link {
  readonly objects: InputObject[];
  readonly definitions: Map<string, Definition>;
  readonly commons: Map<string, Common>;
  readonly diagnostics: Diagnostics;
}

const DEFAULT_TEXT_ADDRESS = 0x10000;
/** Programs end below the upper half of the addresses. */
const ADDRESS_LIMIT = 0x80000000;

/** Names that the layout provides if they are not defined. */
const PROVIDED =
  /^(__global_pointer\$|__bss_start|__BSS_END__|__?bss_end(__)?|_?edata|_?end|(__|_)?etext|__executable_start|__S?DATA_BEGIN__|__(preinit|init|fini)_array_(start|end)|__tdata_(start|end)|__tls_base)$/;

/** Links `inputs`, in the order in which they are searched. Never throws for what they contain. */
export function link(inputs: readonly LinkInput[], options: LinkOptions = {}): LinkResult {
  const entry = options.entry ?? "_start";
  const resolver = new Resolver(entry);
  resolver.add(inputs);
  resolver.checkUndefined();
  const { link: state } = resolver;
  const { diagnostics } = state;
  if (diagnostics.count === 0 && !state.definitions.has(entry)) reportEntry(state, entry);
  if (diagnostics.count > 0) return { program: new Uint8Array(0), diagnostics: diagnostics.finish() };
  const layout = layOutProgram(state, options.textAddress ?? DEFAULT_TEXT_ADDRESS);
  const end = Math.max(...layout.sections.map(({ address, size }) => address + size));
  if (end > ADDRESS_LIMIT) {
    diagnostics.reportFile(
      inputs[0]!.name,
      "the program does not fit 32-bit addresses",
      `at most ${ADDRESS_LIMIT} bytes`,
    );
    return { program: new Uint8Array(0), diagnostics: diagnostics.finish() };
  }
  const program = writeProgram(state, layout, state.definitions.get(entry)!.address);
  return {
    program: diagnostics.count > 0 ? new Uint8Array(0) : program,
    diagnostics: diagnostics.finish(),
  };
}

function reportEntry(link: Link, entry: string): void {
  const name = link.objects[0]?.name ?? "link";
  const main = link.definitions.has("main") ? "; there is a `main`, but nothing calls it" : "";
  const message = `\`${entry}\`, where the program begins, is not defined${main}`;
  link.diagnostics.reportFile(name, message, `a global label \`${entry}\` (\`.globl ${entry}\`)`);
}

class Resolver {
  readonly link: Link = {
    objects: [],
    definitions: new Map(),
    commons: new Map(),
    diagnostics: new Diagnostics(),
  };
  /** Names that are used and not defined yet, with who needs them; undefined for the entry. */
  private readonly missing = new Map<string, InputObject | undefined>();
  private readonly groups = new Set<string>();

  constructor(entry: string) {
    this.missing.set(entry, undefined);
  }

  add(inputs: readonly LinkInput[]): void {
    const archives: Archive[] = [];
    for (const { name, bytes } of inputs) {
      this.guarded(name, () => {
        if (isArchive(bytes)) archives.push(readArchive(name, bytes));
        else this.addObject(readObject(name, bytes));
      });
    }
    this.pullMembers(archives);
  }

  private guarded(name: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.link.diagnostics.reportFile(name, error.message);
    }
  }

  /** Adds members that define what is missing, until nothing more is found (as `--start-group` does). */
  private pullMembers(archives: readonly Archive[]): void {
    const pulled = new Set<string>();
    for (let before = -1; before !== pulled.size; ) {
      before = pulled.size;
      for (const archive of archives) {
        for (const name of [...this.missing.keys()]) this.pullMember(archive, name, pulled);
      }
    }
  }

  private pullMember(archive: Archive, name: string, pulled: Set<string>): void {
    const offset = archive.index.get(name);
    const key = `${archive.name}:${offset}`;
    if (offset === undefined || !this.missing.has(name) || pulled.has(key)) return;
    pulled.add(key);
    this.guarded(archive.name, () => {
      const member = archive.member(offset);
      this.addObject(readObject(member.name, member.bytes));
    });
  }

  private addObject(object: InputObject): void {
    this.link.objects.push(object);
    for (const { signature, members } of object.groups) {
      if (this.groups.has(signature)) discard(object, members);
      this.groups.add(signature);
    }
    for (const symbol of object.symbols) {
      if (symbol.binding !== STB_LOCAL && symbol.name !== "") this.addSymbol(object, symbol);
    }
  }

  private addSymbol(object: InputObject, symbol: InputSymbol): void {
    const { name, section: number } = symbol;
    const { definitions, commons } = this.link;
    const known = definitions.get(name);
    if (number === SHN_UNDEF || object.sections[number]?.discarded) {
      const isNew = !known && !commons.has(name) && !this.missing.get(name);
      if (isNew && symbol.binding === STB_GLOBAL) this.missing.set(name, object);
      return;
    }
    this.missing.delete(name);
    if (number === SHN_COMMON) return this.addCommon(symbol);
    if (symbol.binding === STB_WEAK && (known || commons.has(name))) return;
    if (known && known.symbol.binding !== STB_WEAK) return this.reportDuplicate(object, known);
    commons.delete(name);
    const section = number === SHN_ABS ? undefined : object.sections[number];
    definitions.set(name, { name, object, symbol, section, address: symbol.value });
  }

  private addCommon({ name, size, value: align }: InputSymbol): void {
    const { definitions, commons } = this.link;
    const known = definitions.get(name);
    if (known && known.symbol.binding !== STB_WEAK) return;
    definitions.delete(name);
    const common = commons.get(name) ?? { size: 0, align: 1 };
    common.size = Math.max(common.size, size);
    common.align = Math.max(common.align, align);
    commons.set(name, common);
  }

  private reportDuplicate(object: InputObject, { name, object: first }: Definition): void {
    const message = `\`${name}\` is defined again; the first definition is in ${first!.name}`;
    this.link.diagnostics.reportFile(object.name, message, "one definition, or `.weak`");
  }

  checkUndefined(): void {
    for (const [name, object] of this.missing) {
      if (object === undefined || PROVIDED.test(name)) continue;
      const guess = nearest(name, this.link.definitions.keys());
      const expected = guess === undefined ? "an object or archive that defines it" : `\`${guess}\`?`;
      this.link.diagnostics.reportFile(object.name, `\`${name}\` is used but not defined`, expected);
    }
  }
}

function discard(object: InputObject, members: readonly number[]): void {
  for (const member of members) {
    const section = object.sections[member];
    if (section) section.discarded = true;
  }
}
