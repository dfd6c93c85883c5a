import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import { Segment } from '../../../../src/engine/embedded/segment.ts';
import type { SegmentHeader } from '../../../../src/engine/embedded/segment-format.ts';
import { type Alteration, alter, type Edit } from './altered-snapshot.ts';
import { bytesOf } from './tiny-segment.ts';

const bytes = bytesOf([
  { id: 'b', title: 'Harbour lights', paragraphs: ['walk by walks', 'lane'], tags: ['sea', 'law'], language: 'en' },
  { id: 'a', heading: 'Quay', paragraphs: ['lane and lane'], tags: ['law'], day: 19_000, language: 'en' },
]);

const set = (at: number, value: number): Edit => ({ kind: 'set', at, value, length: 1 });
const resize = (by: number): Edit => ({ kind: 'resize', by });

function expectRefusal(altered: Uint8Array, says: string): void {
  expect(() => Segment.open('"s.segment.bin"', altered, fingerprint())).toThrow(
    expect.objectContaining({
      code: 'incompatible',
      message: expect.stringMatching(`^"s\\.segment\\.bin" is damaged: .*${says}.*; run \`lede build --full\`$`),
    }),
  );
}

describe('a segment is refused when it is opened', () => {
  it.each<[what: string, section: Alteration['section'], edit: Edit, says: string]>([
    ['starts do not begin at 0', 'termStarts', set(0, 1), '"termStarts" does not lead through "termUnits"'],
    ['starts fall', 'articleListStarts', set(2, 0xffff), '"articleListStarts" does not lead through'],
    ['starts end elsewhere', 'occurrences', resize(1), '"occurrenceStarts" does not lead through'],
    ['starts are too few', 'articleIdStarts', resize(-1), '"articleIdStarts" does not lead through'],
    ['starts are too many', 'tagValueStarts', resize(1), '"tagValueStarts" does not lead through'],
    ['names are none', 'sourceNameStarts', resize(-1), '"sourceNameStarts" does not lead through'],
    ['paragraphs belong to no article', 'articleStarts', set(2, 2), '"articleStarts" does not lead through'],
    ['a column is too short', 'termArticles', resize(-1), '"termArticles" has not one number per term'],
    ['a column is too long', 'paragraphBytes', resize(1), '"paragraphBytes" has not one number per paragraph'],
    ['members lack their counts', 'familyMemberArticles', resize(-1), '"familyMemberArticles" has not one number'],
    ['families lack their members', 'familyMemberStarts', set(-1, 0), '"familyMemberStarts" does not lead through'],
    ['more paragraphs hold a term than there are', 'termParagraphs', set(0, 4), '"termParagraphs" holds a number'],
    ['more articles hold a term than there are', 'termArticles', set(0, 3), '"termArticles" holds a number'],
    ['a family has a term that there is not', 'familyMembers', set(0, 8), '"familyMembers" holds a number'],
    ['an article has a value that there is not', 'tagValues', set(0, 2), '"tagValues" holds a number'],
    ['an article is listed twice', 'articlesById', set(0, 0), '"articlesById" does not hold each article once'],
    ['an article is listed that there is not', 'articlesById', set(0, 2), '"articlesById" does not hold each'],
    ['a day has no year', 'articleDays', set(0, 0x7fffffff), '"articleDays" holds a day that is none'],
    ['lists end inside a number', 'articleLists', set(-1, 0x80), '"articleLists" ends inside a number'],
    ['occurrences end inside a number', 'occurrences', set(-1, 0xff), '"occurrences" ends inside a number'],
    ['terms do not ascend', 'termUnits', set(0, 0xffff), 'the keys of section "termStarts" do not ascend'],
    ['families do not ascend', 'familyKeyUnits', set(0, 0xffff), 'the keys of section "familyKeyStarts"'],
    ['texts are not where they should be', 'articleTextStarts', set(1, 3), '"articleTextStarts" does not lead'],
    ['texts begin nowhere', 'articleTextStarts', set(0, Number.NaN), '"articleTextStarts" does not lead'],
    ['texts are longer than said', 'paragraphBytes', set(0, 1000), '"articleTextStarts" does not lead'],
    ['lengths do not add up', 'articleBodyLengths', set(0, 1000), 'its header says 7 words of body'],
  ])('where %s', (_, section, edit, says) => {
    expectRefusal(alter(bytes, [{ section, edits: [edit] }]), says);
  });

  it.each<[what: string, change: (header: SegmentHeader) => unknown, says: string]>([
    ['has no lengths', ({ lengths: _, ...header }) => header, 'its header says undefined words of title'],
    [
      'has lengths of no number',
      (header) => ({ ...header, lengths: { ...header.lengths, body: '7' } }),
      'words of body',
    ],
    ['has no languages', (header) => ({ ...header, familyLanguages: 'en' }), 'its header names no languages'],
    ['has languages of no name', (header) => ({ ...header, familyLanguages: [1] }), 'its header names no languages'],
  ])('where its header %s', (_, change, says) => {
    expectRefusal(alter(bytes, [], change), says);
  });

  it('only there: as it was made it is opened', () => {
    expect(Segment.open('"s.segment.bin"', alter(bytes, []), fingerprint()).header.articles).toBe(2);
  });
});
