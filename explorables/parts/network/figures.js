/** A number of a network to three figures, with a true minus sign. */
export function figures(value) {
  return (value === 0 ? "0" : String(Number(value.toPrecision(3)))).replaceAll("-", "\u2212");
}

/** The same in brackets where it is negative, as it stands behind a sign. */
export function enclosed(value) {
  return value < 0 ? `(${figures(value)})` : figures(value);
}
