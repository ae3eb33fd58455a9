// The registers' ABI names, for those who show or read them.

export { REGISTER_NAMES } from "../../assembly/isa/table.ts";
