/** Puts a segment together: merged posting lists, families, and the article table → the file's bytes. */
import { fingerprint } from '../../src/analysis/analyze.ts';
import { stemLanguages } from '../../src/analysis/stem.ts';
import type { Term } from '../../src/domain/ids.ts';
import {
  type SegmentHeader,
  segmentFormat,
  segmentKind,
  segmentSections,
} from '../../src/engine/embedded/segment-format.ts';
import { encodeContainer } from '../../src/snapshot/container.ts';
import type { ArticleTable } from './article-table.ts';
import { FamilyCollector } from './families.ts';
import { type MergeSource, mergeRuns } from './merge-runs.ts';

export interface CompiledSegment {
  readonly header: SegmentHeader;
  /** The file, to be written chunk by chunk. */
  readonly chunks: readonly Uint8Array[];
}

/** Equal articles give equal bytes, whichever runs they came in. */
export function compileSegment(sources: readonly MergeSource[], table: ArticleTable): CompiledSegment {
  const articleOf = table.articleOfParagraph();
  const languageNames = new Set<string>();
  const languageOf = Array.from({ length: table.articles }, (_, article) => table.language(article));
  for (const language of languageOf) {
    if (language !== null && stemLanguages.includes(language)) languageNames.add(language);
  }

  const families = new FamilyCollector();
  const termParagraphs: number[] = [];
  const termArticles: number[] = [];
  const run = mergeRuns(sources, (term, paragraphs) => {
    const languages = new Set<string>();
    let articles = 0;
    let last = -1;
    for (const paragraph of paragraphs) {
      const article = articleOf[paragraph] as number;
      if (article === last) continue;
      last = article;
      articles++;
      const language = languageOf[article];
      if (typeof language === 'string') languages.add(language);
    }
    families.add(term as Term, termParagraphs.length, [...languages].sort());
    termParagraphs.push(paragraphs.length);
    termArticles.push(articles);
  });

  const { title, heading, body } = run.lists;
  const header: SegmentHeader = {
    format: segmentFormat,
    analyzer: fingerprint(),
    articles: table.articles,
    paragraphs: table.paragraphs,
    terms: termParagraphs.length,
    lengths: table.totalLengths(),
    familyLanguages: [...languageNames].sort(),
  };
  const chunks = encodeContainer({
    kind: segmentKind,
    header,
    types: segmentSections,
    sections: {
      termStarts: run.termStarts,
      termUnits: run.termUnits,
      termParagraphs: Uint32Array.from(termParagraphs),
      termArticles: Uint32Array.from(termArticles),
      titlePostingsStarts: title.postingsStarts,
      titlePostings: title.postings,
      titlePositionsStarts: title.positionsStarts,
      titlePositions: title.positions,
      headingPostingsStarts: heading.postingsStarts,
      headingPostings: heading.postings,
      headingPositionsStarts: heading.positionsStarts,
      headingPositions: heading.positions,
      bodyPostingsStarts: body.postingsStarts,
      bodyPostings: body.postings,
      bodyPositionsStarts: body.positionsStarts,
      bodyPositions: body.positions,
      ...families.finish(),
      ...table.sections(),
    },
  });
  return { header, chunks };
}
