/**
 * Makes queries of a corpus of which the right answer is known: its titles, headings and sentences, as they stand and
 * as people remember them. The same corpus and seed give the same queries, and of a smaller limit the first of them.
 */
import type { ArticleStore } from '../../engine/engine.ts';
import { openRandom, type Random, shuffle } from '../random.ts';
import { drawPassages } from './draw-passages.ts';
import type { KnownItem } from './known-item.ts';
import { type Shared, type Survey, surveyArticles } from './survey-articles.ts';
import { TitleVariants, type VaryTitle } from './vary-title.ts';

/** The classes of queries, in the order of a report, with what is typed. */
export const knownItemClasses = {
  title: 'title that one article alone has',
  'title-misspelled': 'title, a word misspelled',
  'title-turned-round': 'title, words turned round',
  'title-word-left-out': 'title, a word left out',
  'title-word-replaced': 'title, a word replaced',
  'title-shared': 'title that several articles share',
  heading: 'heading that one article alone has',
  passage: 'eight words of a body, one replaced',
} as const;

export type KnownItemClass = keyof typeof knownItemClasses;

export interface DrawOptions {
  readonly seed: number;
  /** Queries of a class. */
  readonly limit: number;
}

/** `articles` is how many the store has. A class may be smaller than the limit, or empty. Reads all articles twice. */
export async function drawKnownItems(
  store: ArticleStore,
  articles: number,
  { seed, limit }: DrawOptions,
): Promise<Readonly<Record<KnownItemClass, readonly KnownItem[]>>> {
  const survey = await surveyArticles(store, articles);
  const variants = new TitleVariants(survey);
  const randomOf = (name: KnownItemClass) => openRandom(seed, name);
  const vary = (name: KnownItemClass, variant: VaryTitle) =>
    drawTitles(survey, variant, { limit, random: randomOf(name) });
  const draw = (name: KnownItemClass, texts: Survey['titles'], isWanted: (shared: Shared) => boolean) =>
    shuffle(randomOf(name), [...texts.values()].filter(isWanted)).slice(0, limit);
  return {
    title: vary('title', variants.whole),
    'title-misspelled': vary('title-misspelled', variants.misspelled),
    'title-turned-round': vary('title-turned-round', variants.turnedRound),
    'title-word-left-out': vary('title-word-left-out', variants.wordLeftOut),
    'title-word-replaced': vary('title-word-replaced', variants.wordReplaced),
    'title-shared': draw('title-shared', survey.titles, (title) => !isAlone(title)),
    heading: draw('heading', survey.headings, isAlone),
    passage: await drawPassages({ store, articles, words: survey.words }, limit, randomOf('passage')),
  };
}

function drawTitles(
  { titles }: Survey,
  variant: VaryTitle,
  { limit, random }: { readonly limit: number; readonly random: Random },
): KnownItem[] {
  const items: KnownItem[] = [];
  for (const { text, articles } of shuffle(random, [...titles.values()].filter(isAlone))) {
    if (items.length >= limit) break;
    const [article] = articles;
    const query = article === undefined ? null : variant({ text, article }, random);
    if (query !== null) items.push({ text: query, articles });
  }
  return items;
}

function isAlone({ articles }: Shared): boolean {
  return articles.length === 1;
}
