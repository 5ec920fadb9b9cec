// What is done everywhere with lists, tables and bounds.

/** The whole numbers from 0 up to a length. */
export const range = (length) => Array.from({ length }, (_, one) => one);

/** [row][column] of what a function gives for each. */
export const table = (rows, columns, cell) => range(rows).map((row) => range(columns).map((column) => cell(row, column)));

/** A number, or the bound that it lies beyond. */
export const bounded = (value, least, most) => Math.min(Math.max(value, least), most);

export const total = (values) => values.reduce((sum, one) => sum + one, 0);

export const mean = (values) => total(values) / values.length;
