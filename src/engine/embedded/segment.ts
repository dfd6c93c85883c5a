/**
 * One opened segment: the dictionary, posting lists and article columns of a snapshot, read in place.
 * Knows the format and nothing of queries.
 */
import { LedeError } from '../../domain/error.ts';
import type { FacetName } from '../../domain/plan.ts';
import { damagedFile, type OpenedContainer, openContainer, type Sections } from '../../snapshot/container.ts';
import { checkSegment } from './check-segment.ts';
import type { TermList } from './postings.ts';
import { boundsBasis } from './saturation-bounds.ts';
import { type FacetColumn, yearColumn } from './segment-facets.ts';
import { type SegmentHeader, segmentFormat, segmentKind, segmentSections } from './segment-format.ts';
import { NameTable, SortedKeys } from './string-table.ts';

/** The facets that are stored as lists of names; `year` follows from the day. */
export type StoredFacet = Exclude<FacetName, 'year'>;
const storedFacets = ['source', 'author', 'tag', 'language'] as const satisfies readonly StoredFacet[];

const expected = { kind: segmentKind, types: segmentSections, checkHeader: checkFormat };

/** A term in so many articles of a segment is one of its common ones. */
export const commonArticles = 4;

export class Segment {
  /** Of its file, for messages. */
  readonly name: string;
  readonly header: SegmentHeader;
  readonly sections: Sections<typeof segmentSections>;
  readonly terms: SortedKeys;
  readonly families: SortedKeys;
  readonly prefixes: SortedKeys;
  readonly paths: NameTable;
  readonly ids: NameTable;
  readonly facets: Readonly<Record<StoredFacet, FacetColumn>>;

  // Made when first asked for.
  /** For each term its largest family, or -1. */
  #years: FacetColumn | null = null;
  #longestParagraph: number | null = null;
  #commonTerms: SortedKeys | null = null;

  private constructor(name: string, header: SegmentHeader, sections: Sections<typeof segmentSections>) {
    this.name = name;
    this.header = header;
    this.sections = sections;
    this.terms = new SortedKeys(sections.termStarts, sections.termUnits);
    this.families = new SortedKeys(sections.familyKeyStarts, sections.familyKeyUnits);
    this.prefixes = new SortedKeys(sections.prefixKeyStarts, sections.prefixKeyUnits);
    this.paths = new NameTable(sections.articlePathStarts, sections.articlePaths);
    this.ids = new NameTable(sections.articleIdStarts, sections.articleIds);
    this.facets = recordOf(storedFacets, (facet) => ({
      names: new NameTable(sections[`${facet}NameStarts`], sections[`${facet}Names`]),
      starts: sections[`${facet}ValueStarts`],
      values: sections[`${facet}Values`],
    }));
  }

  /** Throws `LedeError` `incompatible` for bytes of another format or analyzer, or damaged ones. */
  static open(name: string, bytes: Uint8Array, analyzer: string): Segment {
    return Segment.#view(name, openContainer(name, bytes, expected), analyzer);
  }

  /** Like `open`, for bytes that were compared with the checksum of their file before, maybe by another thread. */
  static openVerified(name: string, bytes: Uint8Array, analyzer: string): Segment {
    return Segment.#view(name, openContainer(name, bytes, { ...expected, isVerified: true }), analyzer);
  }

  static #view(name: string, opened: OpenedContainer<typeof segmentSections>, analyzer: string): Segment {
    const header = (opened.header ?? {}) as SegmentHeader;
    if (header.analyzer !== analyzer) {
      throw new LedeError(
        'incompatible',
        `${name} was analyzed by "${header.analyzer}", this version analyzes by "${analyzer}": run \`lede build --full\``,
      );
    }
    if (header.bounds !== boundsBasis) {
      throw new LedeError(
        'incompatible',
        `${name} was made for a ranking by "${header.bounds}", this version ranks by "${boundsBasis}": run \`lede build --full\``,
      );
    }
    checkSegment(name, header, opened.sections);
    return new Segment(name, header, opened.sections);
  }

  /** The error for a posting list that is found not to add up while it is read. */
  malformed(term: number): LedeError {
    return damagedFile(this.name, `the posting list of term ${term} is malformed`);
  }

  /** The terms in several articles of the segment, a quarter of all: to look for frequent ones among them. */
  get commonTerms(): SortedKeys {
    const { termArticles } = this.sections;
    this.#commonTerms ??= this.terms.select((term) => (termArticles[term] as number) >= commonArticles);
    return this.#commonTerms;
  }

  /** Bytes of a term's list of articles. */
  listBytes(term: number): number {
    const { articleListStarts } = this.sections;
    return (articleListStarts[term + 1] as number) - (articleListStarts[term] as number);
  }

  /** A term's posting list. */
  list(term: number): TermList {
    const { articleLists, articleListStarts, occurrences, occurrenceStarts } = this.sections;
    return {
      articles: {
        bytes: articleLists,
        start: articleListStarts[term] as number,
        end: articleListStarts[term + 1] as number,
      },
      occurrences: {
        bytes: occurrences,
        start: occurrenceStarts[term] as number,
        end: occurrenceStarts[term + 1] as number,
      },
    };
  }

  /** The number of the article with this id, or -1. */
  findArticle(id: string): number {
    const { articlesById } = this.sections;
    let low = 0;
    let high = articlesById.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ids.name(articlesById[middle] as number) < id) low = middle + 1;
      else high = middle;
    }
    const article = articlesById[low];
    return article !== undefined && this.ids.name(article) === id ? article : -1;
  }

  /** The number of the first article whose path is not before this one; that of articles where there is none. */
  findPath(path: string): number {
    let low = 0;
    let high = this.header.articles;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.paths.name(middle) < path) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The article that a paragraph belongs to. */
  articleOf(paragraph: number): number {
    const { articleStarts } = this.sections;
    let low = 0;
    let high = articleStarts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((articleStarts[middle] as number) <= paragraph) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Years of the articles that have a day, `YYYY`. */
  get years(): FacetColumn {
    this.#years ??= yearColumn(this.sections.articleDays);
    return this.#years;
  }

  /** Words of the longest body. */
  get longestParagraph(): number {
    if (this.#longestParagraph === null) {
      let longest = 0;
      for (const length of this.sections.paragraphLengths) if (length > longest) longest = length;
      this.#longestParagraph = longest;
    }
    return this.#longestParagraph;
  }

  facetValues(article: number, facet: StoredFacet): string[] {
    const { names, starts, values } = this.facets[facet];
    return Array.from(values.subarray(starts[article], starts[article + 1]), (value) => names.name(value));
  }
}

function checkFormat(name: string, header: unknown): void {
  const { format } = (header ?? {}) as Partial<SegmentHeader>;
  if (format === segmentFormat) return;
  throw new LedeError(
    'incompatible',
    `${name} has segment format ${format}, this version of Lede reads ${segmentFormat}: run \`lede build --full\``,
  );
}

function recordOf<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;
}
