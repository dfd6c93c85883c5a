/**
 * Step 3 of an article's journey: blocks → paragraphs of bounded length. Knows nothing of formats or of analysis.
 */
import type { Block } from '../src/domain/article.ts';
import { limits } from '../src/domain/limits.ts';
import { isInsidePair } from './read/clean-text.ts';

/**
 * Cuts every block longer than `limits.paragraphLength`: code at line ends, other text at sentence ends, else at white
 * space, else anywhere but inside a character. Shorter blocks pass unchanged. No word is lost, and the time is linear:
 * a piece is looked for in a window of one paragraph's length, never in the whole text.
 */
export function splitParagraphs(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.text.length <= limits.paragraphLength ? [block] : cut(block).map((text) => ({ ...block, text })),
  );
}

function cut({ kind, text }: Block): string[] {
  const findEnd = kind === 'code' ? findLineEnd : findSentenceEnd;
  const pieces: string[] = [];
  let start = 0;
  while (start < text.length) {
    const window = text.slice(start, start + limits.paragraphLength);
    const length =
      start + window.length === text.length ? window.length : (findEnd(window) ?? cutAnywhere(text, start));
    const piece = text.slice(start, start + length);
    pieces.push(kind === 'code' ? piece.replace(/^\n+/, '').trimEnd() : piece.trim());
    start += length;
  }
  return pieces.filter((piece) => piece !== '');
}

/** A cut nearer to the beginning would make many small pieces, and the search for them slow. */
const shortestPiece = limits.paragraphLength / 2;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Where the last whole sentence of a window ends, else its last word; null where both are too near to its beginning. */
function findSentenceEnd(window: string): number | null {
  let end = 0;
  for (const sentence of sentences.segment(window)) end = sentence.index;
  return end >= shortestPiece ? end : findWordEnd(window);
}

function findLineEnd(window: string): number | null {
  const end = window.lastIndexOf('\n');
  return end >= shortestPiece ? end : findWordEnd(window);
}

function findWordEnd(window: string): number | null {
  const end = window.lastIndexOf(' ');
  return end >= shortestPiece ? end : null;
}

function cutAnywhere(text: string, start: number): number {
  const length = limits.paragraphLength;
  return isInsidePair(text, start + length) ? length - 1 : length;
}
