/** Reads the articles once: their titles, their headings, and the words that several of them have. */
import { scan } from '../../analysis/analyze.ts';
import type { ArticleOrdinal, Term } from '../../domain/ids.ts';
import type { ArticleStore } from '../../engine/engine.ts';
import { isSpelled, keyOf } from './text-words.ts';

/** A title or a heading with the articles that have it, ascending. */
export interface Shared {
  /** As the first of them writes it. */
  readonly text: string;
  readonly articles: readonly ArticleOrdinal[];
}

export interface Survey {
  /** By `keyOf`: case, accents and punctuation make no other title. Without those that hold no word. */
  readonly titles: ReadonlyMap<string, Shared>;
  /** Likewise. */
  readonly headings: ReadonlyMap<string, Shared>;
  /** Terms of at least three letters and nothing else that stand in two articles or more, so that they are hardly slips. */
  readonly words: readonly Term[];
}

/** `articles` is how many the store has. */
export async function surveyArticles(store: ArticleStore, articles: number): Promise<Survey> {
  const titles = new Gathering();
  const headings = new Gathering();
  const words = new CommonWords();
  for (let ordinal = 0; ordinal < articles; ordinal++) {
    const article = ordinal as ArticleOrdinal;
    const { title } = await store.readArticle(article);
    titles.add(title, article);
    words.add(title, article);
    for (const { heading, text } of await store.readParagraphs(article)) {
      if (heading !== null) headings.add(heading, article);
      words.add(text, article);
    }
  }
  return { titles: titles.byKey, headings: headings.byKey, words: words.list() };
}

class Gathering {
  readonly byKey = new Map<string, { readonly text: string; readonly articles: ArticleOrdinal[] }>();
  /** A heading stands above many paragraphs: only its first has to be analyzed. */
  #last = '';

  add(text: string, article: ArticleOrdinal): void {
    const place = `${article} ${text}`;
    if (place === this.#last) return;
    this.#last = place;
    const key = keyOf(text);
    if (key === '') return;
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, { text, articles: [article] });
    else if (known.articles.at(-1) !== article) known.articles.push(article);
  }
}

/** The fewest letters of a word that may replace another. */
const leastLetters = 3;

class CommonWords {
  /** Terms that one article alone had so far. */
  readonly #single = new Map<Term, ArticleOrdinal>();
  readonly #common = new Set<Term>();

  add(text: string, article: ArticleOrdinal): void {
    scan(text, (term) => {
      if (this.#common.has(term)) return;
      const first = this.#single.get(term);
      if (first === undefined) this.#single.set(term, article);
      else if (first !== article) {
        this.#single.delete(term);
        this.#common.add(term);
      }
    });
  }

  list(): Term[] {
    return [...this.#common].filter((term) => term.length >= leastLetters && isSpelled(term));
  }
}
