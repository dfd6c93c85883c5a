/** Which articles of an index hold a term: what its parts hold, less what was removed of them. */
import { addTo, type BitSet, emptySet, intersectWith } from './bit-set.ts';
import type { OpenedIndex } from './opened-index.ts';
import { ArticleCursor } from './postings.ts';

/** The articles that hold it in any field. Throws `LedeError` `incompatible` for a malformed list. */
export function findHolders({ articleNumbers, live, parts }: OpenedIndex, term: string): BitSet {
  const holders = emptySet(articleNumbers);
  for (const { segment, articleNumbers: numbers } of parts) {
    const number = segment.terms.find(term);
    if (number < 0) continue;
    const cursor = new ArticleCursor(segment.list(number));
    while (cursor.advance()) {
      // A damaged list may name an article that there is not.
      if (!(cursor.article < segment.header.articles)) throw segment.malformed(number);
      addTo(holders, numbers === null ? cursor.article : (numbers[cursor.article] as number));
    }
  }
  if (live !== null) intersectWith(holders, live);
  return holders;
}
