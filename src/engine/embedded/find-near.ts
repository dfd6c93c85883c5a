/**
 * Finds where words stand near each other, in any order: walks the positions of all words together and keeps the last of
 * each, so that a stretch is found when its end is reached.
 */
import { addFound, type PhrasePlaces, type PhraseSearch, Places, SlotReader } from './read-places.ts';
import type { Member } from './resolve-group.ts';

/**
 * Adds all places where a member of each slot stands within one field, with at most `distance` further words from the
 * first to the last of them, and that hold no smaller such place. A place weighs as its lightest member; of several
 * places of a slot in it the last counts, of several members at one position the heaviest. In the order of the part's
 * articles, an article's places in reading order. Throws `LedeError` `incompatible` for a malformed posting list.
 */
export function findNear(
  search: PhraseSearch & { readonly distance: number },
  slots: readonly (readonly Member[])[],
  found: PhrasePlaces,
): void {
  // Positions are compared as they are: no slot has to stand at a distance of its own.
  const readers = slots.map((members) => new SlotReader(search, { members, slot: 0 }));
  const [first] = readers;
  if (first === undefined) return;
  const { articleNumbers } = search.part;
  const lists = slots.map(() => new Places());
  const places = new Places();
  for (let local = first.nextArticle(); local >= 0; local = first.nextArticle()) {
    let length = 0;
    readers.forEach((reader, slot) => {
      const list = lists[slot] as Places;
      reader.read(local, list, null);
      length += list.length;
    });
    if (search.clock.isLateAfter(length * 8)) return;
    places.length = 0;
    addStretches(lists, search.distance + slots.length - 1, places);
    if (places.length > 0) addFound(found, places, articleNumbers === null ? local : (articleNumbers[local] as number));
  }
}

/** Adds the beginning of each stretch of at most `longest` positions from its first word to its last. */
function addStretches(lists: readonly Places[], longest: number, into: Places): void {
  const next = lists.map(() => 0);
  const last = lists.map(() => Number.NEGATIVE_INFINITY);
  const weights = lists.map(() => 0);
  let begun = Number.NEGATIVE_INFINITY;
  for (;;) {
    const key = Math.min(...lists.map((list, slot) => keyAt(list, next[slot] as number)));
    if (key === Number.POSITIVE_INFINITY) return;
    lists.forEach((list, slot) => {
      const at = next[slot] as number;
      if (keyAt(list, at) !== key) return;
      last[slot] = key;
      weights[slot] = list.weights[at] as number;
      next[slot] = at + 1;
    });
    const start = Math.min(...last);
    // A stretch that begins where the one before did holds that one.
    if (key - start <= longest && start > begun) {
      into.add(start, Math.min(...weights));
      begun = start;
    }
  }
}

function keyAt({ keys, length }: Places, at: number): number {
  return at < length ? (keys[at] as number) : Number.POSITIVE_INFINITY;
}
