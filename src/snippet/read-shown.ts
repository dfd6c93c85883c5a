/** Reads the paragraphs that a hit shows, and finds the words in them. */
import { analyze } from '../analysis/analyze.ts';
import type { ArticleData, Paragraph } from '../domain/article.ts';
import { limits } from '../domain/limits.ts';
import type { ArticleHit, ArticleStore, ParagraphMatch } from '../engine/engine.ts';
import { chooseParagraphs, shortlistParagraphs } from './choose-paragraphs.ts';
import type { Match, Matcher } from './open-matcher.ts';
import { shapeOf } from './text-shape.ts';

interface ShownPassages {
  readonly data: ArticleData;
  /** In the order of choice, each with where the words stand in it. */
  readonly paragraphs: readonly { readonly paragraph: Paragraph; readonly matches: readonly Match[] }[];
}

/** The chosen paragraphs; the article's first sentence that does not recur, without places, where none matches. */
export function readShown(hit: ArticleHit, matcher: Matcher, store: ArticleStore): Promise<ShownPassages> {
  return hit.paragraphs.length === 0 ? readFirst(hit, store) : readChosen(hit, matcher, store);
}

async function readChosen(hit: ArticleHit, matcher: Matcher, store: ArticleStore): Promise<ShownPassages> {
  const shortlist = shortlistParagraphs(hit.paragraphs, limits.paragraphsRead);
  const { data, paragraphs } = await store.readPassages(
    hit.article,
    shortlist.map(({ paragraph }) => paragraph),
  );
  const candidates = paragraphs.map((read, index) => ({
    ...(shortlist[index] as ParagraphMatch),
    read,
    kind: read.kind,
    text: read.text,
    findMatches: once(() => matcher.find(analyze(read.text), 'body')),
  }));
  const chosen = chooseParagraphs(candidates, { title: data.title, limit: limits.paragraphsPerHit });
  return { data, paragraphs: chosen.map(({ read, findMatches }) => ({ paragraph: read, matches: findMatches() })) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

async function readFirst({ article }: ArticleHit, store: ArticleStore): Promise<ShownPassages> {
  const { data, paragraphs } = await store.readOpening(article, limits.paragraphsRead);
  const first = paragraphs.find((paragraph) => shapeOf(paragraph) === 'sentence') ?? paragraphs[0];
  return { data, paragraphs: first === undefined ? [] : [{ paragraph: first, matches: [] }] };
}
