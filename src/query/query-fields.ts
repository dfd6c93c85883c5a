/**
 * The field names of the query language (`title:`, `source:`, `before:` …) and the recognition of misspelt ones.
 */
import { type FilterField, filterFields, type QueryField } from '../domain/query.ts';

export type DateField = 'before' | 'after' | 'date';

export type NamedField =
  | { readonly kind: 'text'; readonly name: QueryField }
  | { readonly kind: 'filter'; readonly name: FilterField }
  | { readonly kind: 'date'; readonly name: DateField };

const textFields: readonly QueryField[] = ['title', 'heading', 'body'];
const dateFields: readonly DateField[] = ['before', 'after', 'date'];

const namedFields: ReadonlyMap<string, NamedField> = new Map<string, NamedField>([
  ...textFields.map((name): [string, NamedField] => [name, { kind: 'text', name }]),
  ...filterFields.map((name): [string, NamedField] => [name, { kind: 'filter', name }]),
  ...dateFields.map((name): [string, NamedField] => [name, { kind: 'date', name }]),
]);

/** The field of this name in any case, or null. */
export function fieldNamed(name: string): NamedField | null {
  return namedFields.get(name.toLowerCase()) ?? null;
}

/** The field that `name` is probably a misspelling of: one edit away, or two where the name has five letters or more. */
export function similarField(name: string): string | null {
  const lower = name.toLowerCase();
  if (lower.length < 3 || lower.length > 10) return null;
  const maxEdits = lower.length < 5 ? 1 : 2;
  const ranked = [...namedFields.keys()]
    .map((field) => ({ field, edits: countEdits(lower, field) }))
    .filter(({ edits }) => edits <= maxEdits)
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.field ?? null;
}

/** Insertions, deletions, substitutions and transpositions of neighbours (optimal string alignment). */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = from[row - 1] === to[column - 1] ? 0 : 1;
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + substitution,
      );
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap) edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
