/**
 * Names for paragraphs that outlive a build. Part of step 3 of an article's journey: a paragraph keeps its id as long
 * as its own text stays, whatever happens around it.
 */
import { hash as hashOf } from 'node:crypto';
import type { ArticleId, ParagraphId } from '../src/domain/ids.ts';

/** Hex digits of the hash; 48 bits are far more than the paragraphs of one article need. */
const hashLength = 12;

/**
 * One id per text of an article, in their order: `ARTICLE#p-HASH`, with `-2`, `-3` … for a text that the article
 * repeats. Changes of case, white space and compatibility forms (NFKC) leave an id as it is.
 */
export function paragraphIds(articleId: ArticleId, texts: readonly string[]): ParagraphId[] {
  const occurrences = new Map<string, number>();
  return texts.map((text) => {
    const hash = hashOf('sha256', normalize(text), 'hex').slice(0, hashLength);
    const occurrence = (occurrences.get(hash) ?? 0) + 1;
    occurrences.set(hash, occurrence);
    return `${articleId}#p-${hash}${occurrence === 1 ? '' : `-${occurrence}`}` as ParagraphId;
  });
}

function normalize(text: string): string {
  const folded = (isAscii.test(text) ? text : text.normalize('NFKC')).toLowerCase();
  return (foldable.test(folded) ? folded.replace(/\s+/g, ' ') : folded).trim();
}

// Both tests spare most paragraphs the slower step behind them, which would change nothing.
const isAscii = /^[\0-\x7f]*$/;
const foldable = /[^\S ]|\s\s/;
