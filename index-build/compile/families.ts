/**
 * Groups the dictionary into stem families: per language the terms that occur in its articles and share a stem.
 */
import { stem } from '../../src/analysis/stem.ts';
import type { Term } from '../../src/domain/ids.ts';
import { ArticleCursor } from '../../src/engine/embedded/postings.ts';
import { KeyWriter, NumberWriter, type Run } from './run.ts';

/** The languages of articles that have families. */
export interface ArticleLanguages {
  /** Ascending. */
  readonly names: readonly string[];
  /** For each article a number in `names`, plus 1; 0 where it has none of them. */
  readonly numbers: Uint8Array;
}

export function compileFamilies(run: Run, languages: ArticleLanguages): Families {
  const { names } = languages;
  const collector = new FamilyCollector(names);
  const { termStarts, termUnits } = run;
  const units = Buffer.from(termUnits.buffer, termUnits.byteOffset, termUnits.byteLength);
  const articles = new LanguageCounter(run, languages);
  for (let term = 0; term < run.termParagraphs.length && names.length > 0; term++) {
    const counts = articles.count(term);
    let key: string | null = null;
    for (let language = 0; language < names.length; language++) {
      const held = counts[language + 1] as number;
      if (held === 0) continue;
      key ??= units.toString('utf16le', (termStarts[term] as number) * 2, (termStarts[term + 1] as number) * 2);
      const found = stem(key as Term, names[language] as string);
      if (found !== null) collector.add(language, found, term, held);
    }
  }
  return collector.finish();
}

/** Counts a term's articles by language. */
class LanguageCounter {
  readonly #run: Run;
  readonly #languages: Uint8Array;
  readonly #cursor: ArticleCursor;
  readonly #counts: Uint32Array;

  constructor(run: Run, { names, numbers }: ArticleLanguages) {
    this.#run = run;
    this.#languages = numbers;
    this.#counts = new Uint32Array(names.length + 1);
    this.#cursor = new ArticleCursor({
      articles: { bytes: run.articleLists, start: 0, end: 0 },
      occurrences: { bytes: run.occurrences, start: 0, end: 0 },
    });
  }

  /** By the numbers of `ArticleLanguages`; good until the next call. */
  count(term: number): Uint32Array {
    const counts = this.#counts.fill(0);
    const { articleListStarts } = this.#run;
    this.#cursor.open(articleListStarts[term] as number, articleListStarts[term + 1] as number, 0);
    while (this.#cursor.advance()) {
      const language = this.#languages[this.#cursor.article] as number;
      counts[language] = (counts[language] as number) + 1;
    }
    return counts;
  }
}

export interface Families {
  readonly familyKeyStarts: Uint32Array;
  readonly familyKeyUnits: Uint16Array;
  readonly familyMemberStarts: Uint32Array;
  readonly familyMembers: Uint32Array;
  readonly familyMemberArticles: Uint32Array;
}

/** Takes members by ascending term, and sorts them by family. */
export class FamilyCollector {
  readonly #languages: readonly string[];
  /** By language: the families' numbers, in the order in which they were met. */
  readonly #numbers: Map<string, number>[];
  readonly #sizes: number[] = [];
  readonly #families = new NumberWriter();
  readonly #members = new NumberWriter();
  readonly #articles = new NumberWriter();

  /** Languages ascending. */
  constructor(languages: readonly string[]) {
    this.#languages = languages;
    this.#numbers = languages.map(() => new Map());
  }

  /** `articles` of the language hold the term. */
  add(language: number, stem: string, term: number, articles: number): void {
    const numbers = this.#numbers[language] as Map<string, number>;
    let family = numbers.get(stem);
    if (family === undefined) {
      family = this.#sizes.length;
      numbers.set(stem, family);
      this.#sizes.push(0);
    }
    this.#sizes[family] = (this.#sizes[family] as number) + 1;
    this.#families.add(family);
    this.#members.add(term);
    this.#articles.add(articles);
  }

  finish(): Families {
    const keys = new KeyWriter();
    const starts = new Uint32Array(this.#sizes.length + 1);
    /** Where each family's next member goes. */
    const places = new Uint32Array(this.#sizes.length);
    let family = 0;
    this.#languages.forEach((language, number) => {
      const numbers = this.#numbers[number] as Map<string, number>;
      // Terms come in order and stems are their beginnings: what is sorted here nearly is already.
      for (const stem of [...numbers.keys()].sort()) {
        keys.add(`${language}:${stem}`);
        const met = numbers.get(stem) as number;
        places[met] = starts[family] as number;
        starts[family + 1] = (starts[family] as number) + (this.#sizes[met] as number);
        family++;
      }
    });
    const { starts: familyKeyStarts, units: familyKeyUnits } = keys.finish();
    return { familyKeyStarts, familyKeyUnits, familyMemberStarts: starts, ...this.#placeMembers(places) };
  }

  #placeMembers(places: Uint32Array): Pick<Families, 'familyMembers' | 'familyMemberArticles'> {
    const families = this.#families.finish();
    const members = this.#members.finish();
    const articles = this.#articles.finish();
    const familyMembers = new Uint32Array(members.length);
    const familyMemberArticles = new Uint32Array(members.length);
    for (let i = 0; i < members.length; i++) {
      const family = families[i] as number;
      const place = places[family] as number;
      places[family] = place + 1;
      familyMembers[place] = members[i] as number;
      familyMemberArticles[place] = articles[i] as number;
    }
    return { familyMembers, familyMemberArticles };
  }
}
