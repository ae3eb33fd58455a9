// Turns the fields of an instruction's picture into AssemblyScript expressions over `word`.

function fieldOf(picture, name) {
  const field = picture.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

/** Expression of a register's offset: its number times 4. */
export function registerOffset(picture, name) {
  const { pieces, base } = fieldOf(picture, name);
  const { position } = pieces[0];
  if (base > 0) return `((word >>> ${position - 2}) & 28) + ${base * 4}`;
  return `(word >>> ${position - 2}) & 124`;
}

/** Expression of any other field's value. */
export function fieldValue(picture, name) {
  const field = fieldOf(picture, name);
  return field.pieces.map((piece) => pieceValue(piece, field.signed ? field.valueWidth - 1 : -1)).join(" | ");
}

function pieceValue({ position, width, valueBit }, signBit) {
  const high = position + width - 1;
  if (valueBit + width - 1 === signBit) {
    const shifted = `((<i32>(word << ${31 - high})) >> ${31 - signBit})`;
    return valueBit === 0 ? shifted : `(${shifted} & ${-(2 ** valueBit)})`;
  }
  const mask = 2 ** width - 1;
  const piece = position === 0 ? `(word & ${mask})` : `((word >>> ${position}) & ${mask})`;
  return valueBit === 0 ? piece : `(${piece} << ${valueBit})`;
}
