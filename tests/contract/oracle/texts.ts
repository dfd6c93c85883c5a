/** Articles as the oracle indexes them: lists of words per text. */
import { analyze } from '../../../src/analysis/analyze.ts';
import type { ArticleData, Field, Paragraph } from '../../../src/domain/article.ts';
import type { Term } from '../../../src/domain/ids.ts';

/** An article as it is indexed; its place in the list is its ordinal. */
export interface OracleArticle {
  readonly data: ArticleData;
  /** At least one. */
  readonly paragraphs: readonly Paragraph[];
}

/** What one field holds in one place: an article's title, or a paragraph's heading or body. */
export interface IndexedText {
  readonly field: Field;
  readonly article: number;
  /** The paragraph it counts for; null for a title, which is the article's. */
  readonly paragraph: number | null;
  readonly text: string;
  /** At each position the terms that stand there, usually one. */
  readonly words: readonly (readonly Term[])[];
}

/** Everything that can be found in the articles, in reading order. */
export function indexTexts(articles: readonly OracleArticle[]): IndexedText[] {
  const texts: IndexedText[] = [];
  let paragraph = 0;
  articles.forEach(({ data, paragraphs }, article) => {
    const [first] = paragraphs;
    if (first === undefined || !isMadeFrom(data, first)) {
      texts.push(textOf({ field: 'title', article, paragraph: null, text: data.title }));
    }
    let above: string | null = null;
    for (const { heading, text } of paragraphs) {
      if (heading !== null && heading !== above) {
        texts.push(textOf({ field: 'heading', article, paragraph, text: heading }));
      }
      texts.push(textOf({ field: 'body', article, paragraph, text }));
      above = heading;
      paragraph++;
    }
  });
  return texts;
}

/** Whether the title is nothing but the first words of the text: they would count twice. */
function isMadeFrom({ title, guessed }: ArticleData, { text }: Paragraph): boolean {
  if (!guessed.includes('title')) return false;
  if (title.endsWith('…')) return text.startsWith(title.slice(0, -1));
  const rest = text.slice(title.length);
  return text.startsWith(title) && !/^[\p{L}\p{N}\p{M}]/u.test(rest);
}

function textOf(place: Omit<IndexedText, 'words'>): IndexedText {
  const words: Term[][] = [];
  for (const { term, position } of analyze(place.text)) {
    const word = words[position];
    if (word === undefined) words[position] = [term];
    else word.push(term);
  }
  return { ...place, words };
}
