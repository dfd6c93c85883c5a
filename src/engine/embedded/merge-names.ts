/**
 * Numbers for names that several segments hold: all of them in one ascending order. Small tables are sorted into the
 * largest by binary search, so that opening a large segment beside small ones decodes few of its names.
 */

/** A table of names by number; a name is only decoded when it is asked for. */
export interface Names {
  readonly size: number;
  name(index: number): string;
}

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
export function mergeNames(tables: readonly Names[], { areDistinct }: { areDistinct: boolean }): MergedNames {
  const bySize = tables.map((_, table) => table).sort((a, b) => sizeOf(tables, b) - sizeOf(tables, a) || a - b);
  const [largest = -1, ...smaller] = bySize;
  let merged = wholeTable(largest, tables[largest]?.size ?? 0);
  for (const table of smaller) merged = insert(merged, tables, { table, areDistinct });
  const size = merged.places.length;
  const numbers = tables.map((table) => new Uint32Array(table.size));
  for (let number = 0; number < size; number++) {
    (numbers[merged.tables[number] as number] as Uint32Array)[merged.places[number] as number] = number;
  }
  if (areDistinct) for (const table of smaller) numberShared(merged, tables, { table, numbers });
  return { size, numbers, ...merged };
}

interface Order {
  readonly tables: Uint8Array;
  readonly places: Uint32Array;
}

function sizeOf(tables: readonly Names[], table: number): number {
  return (tables[table] as Names).size;
}

interface Insertion {
  readonly table: number;
  readonly areDistinct: boolean;
}

/** One table as it is, none of its names decoded. */
function wholeTable(table: number, size: number): Order {
  const places = new Uint32Array(size);
  for (let place = 0; place < size; place++) places[place] = place;
  return { tables: new Uint8Array(size).fill(table), places };
}

/** What is between two inserted names is copied as it stands. */
function insert(order: Order, tables: readonly Names[], { table, areDistinct }: Insertion): Order {
  const added = findPlaces(order, tables, { table, areDistinct });
  if (added.length === 0) return order;
  const size = order.places.length + added.length;
  const inserted = { tables: new Uint8Array(size), places: new Uint32Array(size) };
  let old = 0;
  let at = 0;
  const copyUntil = (end: number) => {
    inserted.tables.set(order.tables.subarray(old, end), at);
    inserted.places.set(order.places.subarray(old, end), at);
    at += end - old;
    old = end;
  };
  for (const { place, before } of added) {
    copyUntil(before);
    inserted.tables[at] = table;
    inserted.places[at++] = place;
  }
  copyUntil(order.places.length);
  return inserted;
}

/** A name of a table, and the number that it is to stand before. */
interface Addition {
  readonly place: number;
  readonly before: number;
}

/** The names of a table that the order lacks. */
function findPlaces(order: Order, tables: readonly Names[], { table, areDistinct }: Insertion): Addition[] {
  const names = tables[table] as Names;
  const added: Addition[] = [];
  let before = 0;
  for (let place = 0; place < names.size; place++) {
    const name = names.name(place);
    // Never back: in a damaged file names may not ascend, and each must get one number all the same.
    before = lowerBound(order, tables, { name, table, areDistinct, from: before });
    if (!areDistinct || nameAt(order, tables, before) !== name) added.push({ place, before });
  }
  return added;
}

interface Wanted extends Insertion {
  readonly name: string;
  readonly from: number;
}

/** From `from` on, the first number whose name is not before the wanted one; equal names of earlier tables are before it. */
function lowerBound(order: Order, tables: readonly Names[], { name, table, areDistinct, from }: Wanted): number {
  let low = from;
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

function nameAt(order: Order, tables: readonly Names[], number: number): string | undefined {
  const table = tables[order.tables[number] ?? -1];
  return table?.name(order.places[number] as number);
}

/** Names that another table already has a number for. */
function numberShared(
  order: Order,
  tables: readonly Names[],
  { table, numbers }: { readonly table: number; readonly numbers: readonly Uint32Array[] },
): void {
  const names = tables[table] as Names;
  const own = numbers[table] as Uint32Array;
  for (let place = 0; place < names.size; place++) {
    own[place] = lowerBound(order, tables, { name: names.name(place), table, areDistinct: true, from: 0 });
  }
}
