/** Titles as people remember them: with a slip, in another order, with a word less, with a wrong word. */
import type { ArticleOrdinal, Term } from '../../domain/ids.ts';
import { drawBelow, drawOne, type Random } from '../random.ts';
import { misspell } from './misspell.ts';
import type { Survey } from './survey-articles.ts';
import { isSpelled, keyOf, piecesOf } from './text-words.ts';

/** A title that one article alone has. */
export interface KnownTitle {
  readonly text: string;
  readonly article: ArticleOrdinal;
}

/** Makes a query of a title, or null where the title does not allow it. */
export type VaryTitle = (title: KnownTitle, random: Random) => string | null;

/** The fewest letters of a word that is misspelled. */
const leastSpelled = 6;
/** The fewest words of a title of which one is left out. */
const leastLeft = 3;
/** Words of a title of which one is replaced, both ends included. */
const replaced = { least: 6, most: 14 };

export class TitleVariants {
  readonly #titles: Survey['titles'];
  readonly #words: readonly Term[];
  readonly #isWord: ReadonlySet<string>;
  /** The articles that have a term in their title, by the term. */
  readonly #holders = new Map<string, Set<ArticleOrdinal>>();

  constructor({ titles, words }: Survey) {
    this.#titles = titles;
    this.#words = words;
    this.#isWord = new Set(words);
    for (const [key, { articles }] of titles) {
      for (const term of key.split(' ')) {
        const holders = this.#holders.get(term) ?? new Set();
        this.#holders.set(term, holders);
        for (const article of articles) holders.add(article);
      }
    }
  }

  readonly whole: VaryTitle = ({ text }) => text;

  /** One edit in the longest word, if it has at least six letters. */
  readonly misspelled: VaryTitle = ({ text }, random) => {
    let longest = { word: '', start: 0 };
    for (const { 0: word, index } of text.matchAll(/\p{L}+/gu)) {
      if (word.length > longest.word.length && isSpelled(word)) longest = { word, start: index };
    }
    const { word, start } = longest;
    if (word.length < leastSpelled) return null;
    const isWord = (edited: string) => this.#isWord.has(keyOf(edited));
    const edited = misspell(word, { words: this.#words, isWord, random });
    return edited === null ? null : text.slice(0, start) + edited + text.slice(start + word.length);
  };

  /** The words from last to first, unless that is a title. */
  readonly turnedRound: VaryTitle = ({ text }) => this.#unlessTitle(piecesOf(text).reverse().join(' '));

  /** A title of at least three words without one of them, unless another article's title has all that are left. */
  readonly wordLeftOut: VaryTitle = ({ text, article }, random) => {
    const pieces = piecesOf(text);
    if (pieces.length < leastLeft) return null;
    const left = pieces.toSpliced(drawBelow(random, pieces.length), 1).join(' ');
    return this.#holdersOf(keyOf(left)).some((holder) => holder !== article) ? null : left;
  };

  /** A title of six to fourteen words, one of which is another word of the corpus. */
  readonly wordReplaced: VaryTitle = ({ text }, random) => {
    const pieces = piecesOf(text);
    if (pieces.length < replaced.least || pieces.length > replaced.most) return null;
    const word = drawOne(random, this.#words);
    if (
      word === undefined ||
      keyOf(text)
        .split(' ')
        .some((term) => term === word)
    )
      return null;
    return this.#unlessTitle(pieces.with(drawBelow(random, pieces.length), word).join(' '));
  };

  /** Articles whose title holds all terms of the key. */
  #holdersOf(key: string): ArticleOrdinal[] {
    const [first = new Set<ArticleOrdinal>(), ...others] = key
      .split(' ')
      .map((term) => this.#holders.get(term) ?? new Set<ArticleOrdinal>());
    return [...first].filter((article) => others.every((holders) => holders.has(article)));
  }

  /** A query that is somebody's title, be it the same one, is no variant. */
  #unlessTitle(query: string): string | null {
    return this.#titles.has(keyOf(query)) ? null : query;
  }
}
