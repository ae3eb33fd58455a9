// The capstone disassembler as an independent opinion on what is an instruction. Its C interface is called
// directly, without its wrapper that makes an object of every instruction: tens of millions are asked for.

import { createRequire } from "node:module";

interface CapstoneModule {
  readonly ARCH_RISCV: number;
  readonly MODE_RISCV32: number;
  readonly MODE_RISCVC: number;
  _malloc(size: number): number;
  _cs_open(architecture: number, mode: number, handle: number): number;
  _cs_malloc(handle: number): number;
  _cs_disasm_iter(handle: number, code: number, size: number, address: number, instruction: number): number;
  getValue(address: number, type: "i32"): number;
  setValue(address: number, value: number, type: "i32"): void;
  UTF8ToString(address: number): string;
}

/** Offset of the mnemonic in capstone's cs_insn. */
const MNEMONIC = 42;

/** Answers with the mnemonic that capstone gives a word, or null if it knows no such instruction. */
export type Capstone = (word: number) => string | null;

/** Starts capstone for RV32 with compressed instructions (F, D and the privileged ones cannot be left out). */
export async function openCapstone(): Promise<Capstone> {
  const load = createRequire(import.meta.url)("@alexaltea/capstone-js") as () => Promise<CapstoneModule>;
  const module = await load();
  const handlePointer = module._malloc(4);
  module._cs_open(module.ARCH_RISCV, module.MODE_RISCV32 | module.MODE_RISCVC, handlePointer);
  const handle = module.getValue(handlePointer, "i32");
  const [code, codePointer, size] = [module._malloc(4), module._malloc(4), module._malloc(4)];
  const address = module._malloc(8);
  const instruction = module._cs_malloc(handle);
  return (word) => {
    module.setValue(code, word | 0, "i32");
    module.setValue(codePointer, code, "i32");
    module.setValue(size, (word & 3) === 3 ? 4 : 2, "i32");
    module.setValue(address, 0, "i32");
    module.setValue(address + 4, 0, "i32");
    const found = module._cs_disasm_iter(handle, codePointer, size, address, instruction);
    return found ? module.UTF8ToString(instruction + MNEMONIC) : null;
  };
}
