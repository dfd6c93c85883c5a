/** Rows → a Markdown table that is also readable as it is, and numbers as people read them. */

/** The first column is aligned left, the others right. A row shorter than the header is filled up. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => header.map((_, column) => escapeCell(row[column] ?? '')));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    joinCells(row.map((cell, column) => pad(cell, { width: widths[column] ?? 0, isFirst: column === 0 }))),
  );
  const rule = joinCells(
    widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  );
  return `${[lines[0], rule, ...lines.slice(1)].join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function joinCells(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function pad(cell: string, { width, isFirst }: { readonly width: number; readonly isFirst: boolean }): string {
  return isFirst ? cell.padEnd(width) : cell.padStart(width);
}

/** Three digits that count, and never more than three behind the point. */
export function printNumber(value: number): string {
  if (value >= 100) return withCommas(Math.round(value));
  if (value >= 10) return value.toFixed(1);
  return value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

export function printSeconds(ms: number): string {
  return `${printNumber(ms / 1000)} s`;
}

export function printMegabytes(bytes: number): string {
  return `${printNumber(bytes / 1_000_000)} MB`;
}

/** How many times as much: `120×`, `1.2×`, `0.12×`, `0.01×`. */
export function printRatio(value: number, base: number): string {
  const ratio = base === 0 ? Number.NaN : value / base;
  if (!Number.isFinite(ratio)) return '–';
  if (ratio >= 9.95) return `${withCommas(Math.round(ratio))}×`;
  return ratio >= 0.995 ? `${ratio.toFixed(1)}×` : `${Number(ratio.toPrecision(ratio >= 0.1 ? 2 : 1))}×`;
}

export function withCommas(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
