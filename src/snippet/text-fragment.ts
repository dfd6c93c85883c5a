/**
 * Links into the original of an article: a text fragment (WICG Scroll To Text Fragment) makes the browser scroll to
 * the paragraph and mark it.
 */
import type { Range } from '../domain/results.ts';
import { findWords, type Word } from './find-words.ts';

const mostWords = 8;
const leastWords = 3;
/** Words in front of the highlighted one. */
const wordsBefore = 2;
/** Characters of the quoted words. Words that are longer still are not worth quoting. */
const mostCharacters = 200;
/** Characters looked at on either side of the highlight. */
const reach = mostCharacters;

/**
 * `url` with a fragment that quotes 3 to 8 whole words around the first highlight, or from the text's beginning;
 * fewer where the text has fewer, and the plain `url` where it has none fit to quote.
 */
export function textFragment(url: string, text: string, highlights: readonly Range[]): string {
  const quoted = chooseWords(text, highlights[0]?.[0] ?? 0);
  if (quoted === '') return url;
  const directive = url.indexOf(':~:');
  const page = directive < 0 ? url : url.slice(0, directive);
  return `${page}${page.includes('#') ? '' : '#'}:~:text=${encodeQuoted(quoted)}`;
}

function chooseWords(text: string, at: number): string {
  const found = wordsNear(text, at);
  const around = found.findIndex((word) => word.end > at);
  const first = Math.max(0, Math.min((around < 0 ? found.length : around) - wordsBefore, found.length - mostWords));
  for (let count = Math.min(mostWords, found.length - first); count > 0; count--) {
    const quoted = text.slice(found[first]?.start, found[first + count - 1]?.end);
    if (quoted.length <= mostCharacters) return quoted;
    if (count <= leastWords) return '';
  }
  return '';
}

/** The words near `at`, without those that reach beyond what is looked at. */
function wordsNear(text: string, at: number): Word[] {
  const from = Math.max(0, at - reach);
  const to = Math.min(text.length, at + reach);
  return findWords(text.slice(from, to))
    .map(({ start, end }) => ({ start: from + start, end: from + end }))
    .filter(({ start, end }) => (start > from || from === 0) && (end < to || to === text.length));
}

/** The syntax of fragments has its own use for hyphens. Lone surrogates cannot be encoded. */
function encodeQuoted(text: string): string {
  const tidy = text.replace(/\s+/g, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(tidy).replaceAll('-', '%2D');
}
