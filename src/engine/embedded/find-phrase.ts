/**
 * Finds where words stand one behind the other. The articles that hold all the words are known; of these, each word's
 * positions are read and kept as long as they fit to those of the words before.
 */

import { addFound, type PhrasePlaces, type PhraseSearch, Places, SlotReader } from './read-places.ts';
import type { Member } from './resolve-group.ts';

/**
 * Adds all places where a member of each slot stands at consecutive positions of one field. A place weighs as its lightest
 * member; where several members of a slot stand at one position, the heaviest of them counts. In the order of the part's
 * articles, an article's places in reading order. Throws `LedeError` `incompatible` for a malformed posting list.
 */
export function findPhrase(search: PhraseSearch, slots: readonly (readonly Member[])[], found: PhrasePlaces): void {
  const readers = slots.map((members, slot) => new SlotReader(search, { members, slot }));
  // Where the rarest word does not stand, those of the others need not be read.
  const [first, ...others] = readers.sort((a, b) => a.bytes - b.bytes);
  if (first === undefined) return;
  const { articleNumbers } = search.part;
  const places = new Places();
  const next = new Places();
  for (let local = first.nextArticle(); local >= 0; local = first.nextArticle()) {
    first.read(local, places, null);
    if (search.clock.isLateAfter(places.length * 8)) break;
    for (let i = 0; i < others.length && places.length > 0; i++) {
      const reader = others[i] as SlotReader;
      reader.read(local, next, places);
      places.keepFollowed(next);
    }
    if (places.length > 0) addFound(found, places, articleNumbers === null ? local : (articleNumbers[local] as number));
  }
}
