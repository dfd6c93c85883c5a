/** Puts a segment together: merged posting lists, families, prefixes, and the article table → the file's bytes. */
import { fingerprint } from '../../src/analysis/analyze.ts';
import { stemLanguages } from '../../src/analysis/stem.ts';
import { ArticleCursor } from '../../src/engine/embedded/postings.ts';
import { boundsBasis } from '../../src/engine/embedded/saturation-bounds.ts';
import {
  type SegmentHeader,
  segmentFormat,
  segmentKind,
  segmentSections,
} from '../../src/engine/embedded/segment-format.ts';
import { encodeContainer } from '../../src/snapshot/container.ts';
import type { ArticleMarks, ArticleTable } from './article-table.ts';
import { type ArticleLanguages, compileFamilies } from './families.ts';
import { type MergeSource, mergeRuns } from './merge-runs.ts';
import { compilePrefixes } from './prefixes.ts';
import type { Run } from './run.ts';

export interface CompiledSegment {
  readonly header: SegmentHeader;
  /** The file, to be written chunk by chunk. */
  readonly chunks: readonly Uint8Array[];
  readonly marks: ArticleMarks;
}

/** New numbers of the sources' articles are those of the table. Equal articles give equal bytes, whichever runs they came in. */
export function compileSegment(sources: readonly MergeSource[], table: ArticleTable): CompiledSegment {
  const articles = table.sections();
  const languages = familyLanguages(table);
  const run = mergeRuns(sources);
  const header: SegmentHeader = {
    format: segmentFormat,
    analyzer: fingerprint(),
    bounds: boundsBasis,
    articles: table.articles,
    paragraphs: table.paragraphs,
    terms: run.termParagraphs.length,
    lengths: table.totalLengths(),
    familyLanguages: languages.names,
  };
  const chunks = encodeContainer({
    kind: segmentKind,
    header,
    types: segmentSections,
    sections: {
      ...run,
      termArticles: countArticles(run),
      ...compileFamilies(run, languages),
      ...compilePrefixes(run),
      ...articles,
    },
  });
  const { articleStarts, paragraphMarkStarts, paragraphMarks } = articles;
  return { header, chunks, marks: { articleStarts, paragraphMarkStarts, paragraphMarks } };
}

function familyLanguages(table: ArticleTable): ArticleLanguages {
  const byArticle = Array.from({ length: table.articles }, (_, article) => table.language(article));
  const found = new Set(byArticle);
  const names = stemLanguages.filter((language) => found.has(language)).sort();
  // 0 where the language is not among them.
  const numbers = Uint8Array.from(byArticle, (language) => names.indexOf(language ?? '') + 1);
  return { names, numbers };
}

function countArticles({ articleLists, articleListStarts, occurrences }: Run): Uint32Array {
  const counts = new Uint32Array(articleListStarts.length - 1);
  const cursor = new ArticleCursor({
    articles: { bytes: articleLists, start: 0, end: 0 },
    occurrences: { bytes: occurrences, start: 0, end: 0 },
  });
  for (let term = 0; term < counts.length; term++) {
    let count = 0;
    cursor.open(articleListStarts[term] as number, articleListStarts[term + 1] as number, 0);
    while (cursor.advance()) count++;
    counts[term] = count;
  }
  return counts;
}
