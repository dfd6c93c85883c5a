import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRecurring, type MarkedSegment, marksOf } from '../../index-build/count-recurring.ts';
import { recurringArticles } from '../../src/domain/recurrence.ts';

type Article = readonly (readonly number[])[];

/** A segment of articles, each a list of paragraphs, each a list of marks. */
function segmentOf(articles: readonly Article[], removed: readonly number[] = []): MarkedSegment {
  const articleStarts = [0];
  const paragraphMarkStarts = [0];
  for (const paragraphs of articles) {
    for (const marks of paragraphs) paragraphMarkStarts.push((paragraphMarkStarts.at(-1) as number) + marks.length);
    articleStarts.push(paragraphMarkStarts.length - 1);
  }
  const marks = {
    articleStarts: Uint32Array.from(articleStarts),
    paragraphMarkStarts: Uint32Array.from(paragraphMarkStarts),
    paragraphMarks: Uint32Array.from(articles.flat(2)),
  };
  return { marks, removed };
}

/** So many articles that have mark 90, each with a lesser mark of its own. */
const sharing = (count: number): Article[] => Array.from({ length: count }, (_, i) => [[i + 1], [90]]);

const found = (...segments: readonly MarkedSegment[]) => [...findRecurring(segments, null)];

describe('findRecurring', () => {
  it.each<[string, readonly MarkedSegment[], number[]]>([
    ['a mark that enough articles have', [segmentOf(sharing(recurringArticles))], [90]],
    ['not one that too few have', [segmentOf(sharing(recurringArticles - 1))], []],
    ['not one that an article repeats', [segmentOf([Array.from({ length: 9 }, () => [90])])], []],
    ['one whose articles lie in several segments', sharing(recurringArticles).map((one) => segmentOf([one])), [90]],
    ['not one of removed articles', [segmentOf(sharing(recurringArticles), [0])], []],
    ['one that enough others have', [segmentOf(sharing(recurringArticles + 2), [0, 3])], [90]],
    ['nothing in copies of one article', [segmentOf(Array.from({ length: 20 }, () => [[7, 8], [90]]))], []],
    ['what articles share that are no copies', [segmentOf([1, 2, 3, 4, 5].map((own) => [[80, 81], [own]]))], [80, 81]],
    [
      'nothing in copies that differ in greater marks',
      [
        segmentOf(
          Array.from({ length: 20 }, (_, i) => [
            [1, 2, 3],
            [90, 100 + i],
          ]),
        ),
      ],
      [],
    ],
    ['nothing of nothing', [], []],
    ['nothing in articles without words', [segmentOf([[], [[]], []])], []],
    [
      'the greatest and the least mark there are',
      [segmentOf(Array.from({ length: recurringArticles }, (_, i) => [[i + 1, 0xffffffff]]))],
      [0xffffffff],
    ],
  ])('finds %s', (_, segments, expected) => {
    expect(found(...segments)).toEqual(expected);
  });

  it('finds the same by what changed as by counting everything, and whatever segments the articles lie in', () => {
    const mark = fc.oneof(fc.constantFrom(1, 2, 0xffffffff, 65_536, 131_072, 65_537), fc.nat({ max: 12 }));
    const article = fc.array(fc.array(mark, { maxLength: 3 }), { maxLength: 3 });
    const articles = fc.array(article, { maxLength: 24 });
    fc.assert(
      fc.property(
        articles,
        articles,
        fc.infiniteStream(fc.boolean()),
        fc.nat({ max: 24 }),
        (old, added, drawn, cut) => {
          const removed = old.flatMap((_, number) => (drawn.next().value ? [number] : []));
          const kept = segmentOf(old, removed);
          const live = old.filter((_, number) => !removed.includes(number));
          const changed = new Set([
            ...added.flat(2),
            ...removed.flatMap((number) => [...marksOf(kept.marks, number, number + 1)]),
          ]);
          const before = { recurring: findRecurring([segmentOf(old)], null), changed };
          const expected = found(segmentOf([...live, ...added]));
          expect([...findRecurring([kept, segmentOf(added)], before)]).toEqual(expected);
          const all = [...live, ...added];
          expect(found(segmentOf(all.slice(cut)), segmentOf(all.slice(0, cut)))).toEqual(expected);
        },
      ),
    );
  });
});
