/**
 * Numbers for names that several segments hold: all of them in one ascending order. Small tables are sorted into the
 * largest by binary search, so that opening a large segment beside small ones decodes few of its names.
 */
import type { NameTable } from './string-table.ts';

export interface MergedNames {
  /** How many numbers there are. */
  readonly size: number;
  /** For each table: number in the table → number in the merged order, ascending. */
  readonly numbers: readonly Uint32Array[];
  /** For each merged number a table that has it, and its number there. */
  readonly tables: Uint8Array;
  readonly places: Uint32Array;
}

/**
 * Each table's names must ascend by UTF-16 units; equal ones may repeat. With `areDistinct`, a name has one number
 * whichever tables have it, and no table may repeat one; else every entry has its own, those of earlier tables first.
 */
export function mergeNames(tables: readonly NameTable[], { areDistinct }: { areDistinct: boolean }): MergedNames {
  const bySize = tables.map((_, table) => table).sort((a, b) => sizeOf(tables, b) - sizeOf(tables, a) || a - b);
  let merged: Order = { tables: new Uint8Array(0), places: new Uint32Array(0) };
  for (const table of bySize) merged = insert(merged, tables, { table, areDistinct });
  const size = merged.places.length;
  const numbers = tables.map((table) => new Uint32Array(table.size));
  for (let number = 0; number < size; number++) {
    (numbers[merged.tables[number] as number] as Uint32Array)[merged.places[number] as number] = number;
  }
  if (areDistinct) for (const table of bySize.slice(1)) numberShared(merged, tables, { table, numbers });
  return { size, numbers, ...merged };
}

interface Order {
  readonly tables: Uint8Array;
  readonly places: Uint32Array;
}

function sizeOf(tables: readonly NameTable[], table: number): number {
  return (tables[table] as NameTable).size;
}

interface Insertion {
  readonly table: number;
  readonly areDistinct: boolean;
}

function insert(order: Order, tables: readonly NameTable[], { table, areDistinct }: Insertion): Order {
  const names = tables[table] as NameTable;
  const places: number[] = [];
  const befores: number[] = [];
  for (let place = 0; place < names.size; place++) {
    // Nothing to search in: the largest table, whose names stay undecoded.
    const name = order.places.length === 0 ? '' : names.name(place);
    const before = order.places.length === 0 ? 0 : lowerBound(order, tables, { name, table, areDistinct });
    if (areDistinct && nameAt(order, tables, before) === name && order.places.length > 0) continue;
    places.push(place);
    befores.push(before);
  }
  const size = order.places.length + places.length;
  const inserted = { tables: new Uint8Array(size), places: new Uint32Array(size) };
  let old = 0;
  for (let next = 0, at = 0; at < size; at++) {
    if (next < places.length && befores[next] === old) {
      inserted.tables[at] = table;
      inserted.places[at] = places[next++] as number;
    } else {
      inserted.tables[at] = order.tables[old] as number;
      inserted.places[at] = order.places[old++] as number;
    }
  }
  return inserted;
}

interface Wanted extends Insertion {
  readonly name: string;
}

/** The first number whose name is not before the wanted one; equal names of earlier tables are before it. */
function lowerBound(order: Order, tables: readonly NameTable[], { name, table, areDistinct }: Wanted): number {
  let low = 0;
  let high = order.places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = nameAt(order, tables, middle) as string;
    const isBefore = other < name || (!areDistinct && other === name && (order.tables[middle] as number) < table);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nameAt(order: Order, tables: readonly NameTable[], number: number): string | undefined {
  const table = tables[order.tables[number] ?? -1];
  return table?.name(order.places[number] as number);
}

/** Names that an other table already has a number for. */
function numberShared(
  order: Order,
  tables: readonly NameTable[],
  { table, numbers }: { readonly table: number; readonly numbers: readonly Uint32Array[] },
): void {
  const names = tables[table] as NameTable;
  const own = numbers[table] as Uint32Array;
  for (let place = 0; place < names.size; place++) {
    const number = lowerBound(order, tables, { name: names.name(place), table, areDistinct: true });
    own[place] = number;
  }
}
