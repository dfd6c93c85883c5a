/**
 * Eight consecutive words of a body that one article alone has, with one of them replaced: a sentence as people remember
 * it. Draws places first, then looks through all articles for the same words elsewhere.
 */
import type { ArticleOrdinal, Term } from '../../domain/ids.ts';
import type { ArticleStore } from '../../engine/engine.ts';
import { drawBelow, drawOne, type Random, shuffle } from '../random.ts';
import type { KnownItem } from './known-item.ts';
import { type TextWord, wordsOf } from './text-words.ts';

/** Words of a passage. */
const passageWords = 8;

export interface PassageSource {
  readonly store: ArticleStore;
  /** How many articles the store has. */
  readonly articles: number;
  /** What may replace a word. */
  readonly words: readonly Term[];
}

/** At most `limit` passages, one of an article. Reads the articles that it draws from, and then all of them once. */
export async function drawPassages(source: PassageSource, limit: number, random: Random): Promise<KnownItem[]> {
  const ordinals = Array.from({ length: source.articles }, (_, ordinal) => ordinal as ArticleOrdinal);
  const drawn: Passage[] = [];
  for (const article of shuffle(random, ordinals)) {
    // More than are wanted, since some stand elsewhere too.
    if (drawn.length >= limit * drawnPerWanted) break;
    const passage = await drawPassage(article, source, random);
    if (passage !== null) drawn.push(passage);
  }
  const repeated = await findRepeated(drawn, source);
  return drawn
    .filter((passage) => !repeated.has(passage))
    .slice(0, limit)
    .map(({ article, query }) => ({ text: query, articles: [article] }));
}

const drawnPerWanted = 1.5;

interface Passage {
  readonly article: ArticleOrdinal;
  /** As they stand in the article. */
  readonly terms: readonly Term[];
  readonly query: string;
}

async function drawPassage(
  article: ArticleOrdinal,
  { store, words }: PassageSource,
  random: Random,
): Promise<Passage | null> {
  const places = (await store.readParagraphs(article)).flatMap(({ text }) =>
    runsOf(wordsOf(text)).map((run) => ({ text, run })),
  );
  const place = drawOne(random, places);
  const other = drawOne(random, words);
  if (place === undefined || other === undefined) return null;
  const terms = place.run.map(({ term }) => term);
  if (terms.includes(other)) return null;
  const surfaces = place.run.map(({ start, end }) => place.text.slice(start, end));
  return { article, terms, query: surfaces.with(drawBelow(random, passageWords), other).join(' ') };
}

/** All runs of eight words; none where words overlap, as they do in scripts without spaces. */
function runsOf(words: readonly TextWord[]): (readonly TextWord[])[] {
  const runs: (readonly TextWord[])[] = [];
  let apart = 1;
  for (let end = 1; end <= words.length; end++) {
    if (apart >= passageWords) runs.push(words.slice(end - passageWords, end));
    const isApart = end < words.length && (words[end] as TextWord).start >= (words[end - 1] as TextWord).end;
    apart = isApart ? apart + 1 : 1;
  }
  return runs;
}

/** The passages whose words stand side by side in another article as well. */
async function findRepeated(passages: readonly Passage[], { store, articles }: PassageSource): Promise<Set<Passage>> {
  // By their first two words: with the first alone most places of the corpus would have some to compare.
  const byBeginning = new Map<Term, Map<Term, Passage[]>>();
  for (const passage of passages) {
    const [first, second] = passage.terms as [Term, Term];
    const bySecond = byBeginning.get(first) ?? new Map<Term, Passage[]>();
    byBeginning.set(first, bySecond.set(second, [...(bySecond.get(second) ?? []), passage]));
  }
  const repeated = new Set<Passage>();
  for (let ordinal = 0; ordinal < articles; ordinal++) {
    for (const { text } of await store.readParagraphs(ordinal as ArticleOrdinal)) {
      const terms = wordsOf(text).map(({ term }) => term);
      for (let at = 0; at + passageWords <= terms.length; at++) {
        const candidates = byBeginning.get(terms[at] as Term)?.get(terms[at + 1] as Term) ?? [];
        for (const passage of candidates) {
          const isSame = passage.article !== ordinal && passage.terms.every((term, i) => term === terms[at + i]);
          if (isSame) repeated.add(passage);
        }
      }
    }
  }
  return repeated;
}
