/**
 * What can be searched of a published snapshot, whichever segments it lies in: its articles in path order, and of every
 * term in how many of their paragraphs and articles it is, with what was removed taken off.
 */
import { fingerprint } from '../../src/analysis/analyze.ts';
import { fields } from '../../src/domain/article.ts';
import type { ArticleOrdinal, BuildId } from '../../src/domain/ids.ts';
import { closeSnapshot, type OpenedSegment, openSnapshot } from '../../src/engine/embedded/open-snapshot.ts';
import type { Segment } from '../../src/engine/embedded/segment.ts';
import { TextFile } from '../../src/engine/embedded/text-file.ts';
import { readCurrent } from '../../src/snapshot/snapshot-folder.ts';

export interface LiveContent {
  readonly articles: readonly unknown[];
  readonly terms: ReadonlyMap<string, { readonly paragraphs: number; readonly articles: number }>;
  readonly lengths: Readonly<Record<string, number>>;
  readonly totals: { readonly articles: number; readonly paragraphs: number; readonly terms: number };
}

export async function readLiveContent(data: string): Promise<LiveContent> {
  const snapshot = await openSnapshot(data, (await readCurrent(data)) as BuildId, fingerprint());
  try {
    const { articles, paragraphs, terms } = snapshot.manifest;
    const live = (await Promise.all(snapshot.segments.map(readArticles))).flat();
    live.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.order - b.order));
    return {
      articles: live.map(({ content }) => content),
      terms: countTerms(snapshot.segments),
      lengths: sumLengths(snapshot.segments),
      totals: { articles, paragraphs, terms },
    };
  } finally {
    await closeSnapshot(snapshot);
  }
}

async function readArticles({ name, segment, removed, texts }: OpenedSegment) {
  const store = new TextFile(segment, texts, name);
  const gone = new Set(removed?.articles ?? []);
  const numbers = Array.from({ length: segment.header.articles }, (_, article) => article);
  return Promise.all(
    numbers
      .filter((article) => !gone.has(article))
      .map(async (article) => ({
        path: segment.paths.name(article),
        order: article,
        content: [
          segment.ids.name(article),
          await store.readArticle(article as ArticleOrdinal),
          await store.readParagraphs(article as ArticleOrdinal),
        ],
      })),
  );
}

function countTerms(segments: readonly OpenedSegment[]): LiveContent['terms'] {
  const counts = new Map<string, { paragraphs: number; articles: number }>();
  const add = ({ header, sections, terms }: Segment, sign: 1 | -1) => {
    for (let term = 0; term < header.terms; term++) {
      const key = terms.key(term);
      const count = counts.get(key) ?? { paragraphs: 0, articles: 0 };
      count.paragraphs += sign * (sections.termParagraphs[term] as number);
      count.articles += sign * (sections.termArticles[term] as number);
      counts.set(key, count);
    }
  };
  for (const { segment, removed } of segments) {
    add(segment, 1);
    if (removed !== null) add(removed.segment, -1);
  }
  return new Map([...counts].filter(([, { paragraphs, articles }]) => paragraphs !== 0 || articles !== 0).sort());
}

function sumLengths(segments: readonly OpenedSegment[]): LiveContent['lengths'] {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      segments.reduce(
        (sum, { segment, removed }) =>
          sum + segment.header.lengths[field] - (removed?.segment.header.lengths[field] ?? 0),
        0,
      ),
    ]),
  );
}
