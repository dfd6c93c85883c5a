/**
 * The snapshot format: a snapshot that was made when it was released, opened by the program as it is now. What fails here
 * is unreadable for those who have one: raise the format, and write a fixture of the new one beside those of before, which
 * must be refused by name.
 *
 * `WRITE_FIXTURE=1` writes the fixture anew, which is right only as long as nobody has a snapshot of the format.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../../index-build/build.ts';
import { type Catalogue, encodeCatalogue, readCatalogue } from '../../../../index-build/catalogue.ts';
import { openPublished } from '../../../../index-build/published.ts';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import type { ArticleId, ArticleOrdinal, BuildId, Term } from '../../../../src/domain/ids.ts';
import type { RankingParameters } from '../../../../src/domain/ranking.ts';
import { EmbeddedEngine } from '../../../../src/engine/embedded/embedded-engine.ts';
import { closeSnapshot, type OpenedSnapshot, openSnapshot } from '../../../../src/engine/embedded/open-snapshot.ts';
import { OpenedIndex } from '../../../../src/engine/embedded/opened-index.ts';
import { ArticleCursor, OccurrenceCursor } from '../../../../src/engine/embedded/postings.ts';
import type { Segment } from '../../../../src/engine/embedded/segment.ts';
import { dayOf, noDay, segmentFormat } from '../../../../src/engine/embedded/segment-format.ts';
import { TextFile } from '../../../../src/engine/embedded/text-file.ts';
import type { EngineRequest } from '../../../../src/engine/engine.ts';
import { closeSearchable, openSearchable } from '../../../../src/open-searchable.ts';
import {
  buildPath,
  type Manifest,
  readCurrent,
  readManifest,
  recurringFile,
  segmentFiles,
} from '../../../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder, writeFiles } from '../../../contract/corpus-files.ts';
import { groupOf, type PlanTree, phrase, planOf, word } from '../../../contract/plan-of.ts';
import { harbourCorpus } from './harbour-corpus.ts';

const fixture = resolve(import.meta.dirname, '../../../fixtures/segment-3');
const name = 'harbours' as BuildId;
const folder = join(fixture, 'builds', name);
const files = segmentFiles(name);

/** What scores are computed with here, so that they tell of the bytes alone. */
const ranking: RankingParameters = {
  titleWeight: 3,
  titleCover: 2,
  headingCover: 0.5,
  wordOrder: 1,
  paragraphShare: 0.5,
  recurringShare: 0.5,
  functionWordWeight: 0.1,
  enoughShare: 0.5,
};

/** A build of the corpus, and what the fixture holds of it. */
async function buildHarbour<T>(work: (data: string, manifest: Manifest) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (root) => {
    const [corpus, data] = [join(root, 'corpus'), join(root, 'data')];
    await writeFiles(corpus, harbourCorpus);
    const { build: published } = await build({ corpus, data, isFull: true, keepBuilds: 1 });
    return work(data, await readManifest(data, published));
  });
}

/** Under a name of its own, without what is different each time. */
async function writeFixture(data: string, manifest: Manifest): Promise<void> {
  const [entry] = manifest.segments;
  if (entry === undefined) throw new Error('the build has no segment');
  const made = segmentFiles(entry.name);
  await rm(join(fixture, 'builds'), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const kind of ['segment', 'texts'] as const) {
    await cp(join(buildPath(data, manifest.build), made[kind]), join(folder, files[kind]));
  }
  await cp(join(buildPath(data, manifest.build), recurringFile), join(folder, recurringFile));
  const never = { mtimeNs: '0', ctimeNs: '0', inode: '0', readAtMs: 0 };
  const catalogue: Catalogue = await readCatalogue(data, manifest, entry.name);
  const lines = [...encodeCatalogue(catalogue.map((line) => ('isGone' in line ? line : { ...line, ...never })))];
  await writeFile(join(folder, files.catalogue), Buffer.concat(lines));
  const day = '2022-09-12T00:00:00.000Z';
  const told: Manifest = {
    ...manifest,
    build: name,
    publishedAt: day,
    segments: [{ ...entry, name }],
    files: Object.fromEntries(
      await Promise.all(
        [files.segment, files.texts, files.catalogue, recurringFile].map(async (file) => {
          const bytes = await readFile(join(folder, file));
          return [file, { bytes: bytes.length, crc32: crc32(bytes) }] as const;
        }),
      ),
    ),
    report: { ...manifest.report, build: name, startedAt: day, tookMs: 0, peakMemoryBytes: 0 },
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(told, null, 1)}\n`);
  await writeFile(join(fixture, 'current'), `${name}\n`);
}

/** Paragraphs and articles that hold a term; then where: article.paragraph field positions. */
function describeTerm(segment: Segment, term: number): string {
  const { occurrences, termArticles, termParagraphs } = segment.sections;
  const places: string[] = [];
  const articles = new ArticleCursor(segment.list(term));
  const records = new OccurrenceCursor(occurrences);
  while (articles.advance()) {
    records.open(articles.occurrencesStart, articles.occurrencesEnd);
    while (records.advance()) {
      const positions = records.positions.slice(0, records.frequency).join(',');
      places.push(`${articles.article}.${records.paragraph} ${records.field} ${positions}`);
    }
  }
  const counts = `${termParagraphs[term]}/${termArticles[term]}`;
  return `${segment.terms.key(term)} ${counts}: ${places.join('; ')}`;
}

let manifest: Manifest;
let snapshot: OpenedSnapshot;
let segment: Segment;
let texts: TextFile;
let engine: EmbeddedEngine;

beforeAll(async () => {
  if (process.env.WRITE_FIXTURE !== undefined) await buildHarbour(writeFixture);
  manifest = await readManifest(fixture, (await readCurrent(fixture)) as BuildId);
  // Another version of Unicode makes other words of some texts; the bytes are read alike.
  snapshot = await openSnapshot(fixture, name, manifest.analyzer);
  const [only] = snapshot.segments;
  if (only === undefined) throw new Error('the fixture has no segment');
  segment = only.segment;
  texts = new TextFile(segment, only.texts, 'texts');
  engine = new EmbeddedEngine(manifest, new OpenedIndex(snapshot.segments, { ranking, recurring: snapshot.recurring }));
});

afterAll(() => closeSnapshot(snapshot));

describe('a snapshot of this format', () => {
  it('is what the fixture is', async () => {
    expect(segmentFormat).toBe(3);
    expect((await readdir(folder)).sort()).toEqual(
      ['manifest.json', files.catalogue, files.segment, files.texts, recurringFile].sort(),
    );
    expect([manifest.articles, manifest.paragraphs, manifest.terms]).toEqual([6, 11, 75]);
    expect(segment.header.lengths).toEqual({ title: 12, heading: 3, body: 104 });
    expect(segment.header.familyLanguages).toEqual(['de', 'en']);
  });

  it('holds every word where it stands', () => {
    const terms = Array.from({ length: segment.terms.size }, (_, term) => describeTerm(segment, term));
    expect(terms).toEqual([
      '6000 1/1: 3.1 body 3',
      'a 2/2: 2.0 title 0; 4.0 body 2,5',
      'along 1/1: 1.0 body 7',
      'and 2/2: 1.0 body 4; 4.0 body 4',
      'but 1/1: 4.0 body 1',
      'by 2/1: 1.0 body 11; 1.1 body 1',
      'cab 1/1: 5.0 body 0',
      'cad 1/1: 5.0 body 1',
      'cam 1/1: 5.0 body 2',
      'cane 1/1: 5.0 body 3',
      'cap 1/1: 5.0 body 4',
      'car 1/1: 5.0 body 5',
      'cat 1/1: 5.0 body 6',
      'caw 1/1: 5.0 body 7',
      'cay 1/1: 5.0 body 8',
      'cob 1/1: 5.0 body 9',
      'cod 1/1: 5.0 body 10',
      'cog 1/1: 5.0 body 11',
      'cone 1/1: 5.0 body 12',
      'constructor 1/1: 4.0 body 3',
      'cop 1/1: 5.0 body 13',
      'cot 1/1: 5.0 body 14',
      'cow 1/1: 5.0 body 15',
      'coy 1/1: 5.0 body 16',
      'der 1/1: 0.0 title 0; 0.0 body 2,4',
      'die 2/1: 0.0 body 0; 0.1 body 0',
      'go 1/1: 1.1 body 8',
      'hafen 2/1: 0.0 title 1; 0.0 body 1,5,10; 0.1 body 3',
      'harbour 4/3: 1.0 title 0; 1.0 body 1; 1.1 body 7,11; 2.0 body 3; 4.0 body 9',
      'he 1/1: 2.0 body 5',
      'is 1/1: 2.0 body 10,12',
      'itself 1/1: 1.0 body 12',
      'laufen 1/1: 0.0 body 8',
      'lauft 1/1: 0.0 body 6',
      'lights 2/1: 1.0 title 1; 1.1 body 4',
      'nothing 1/1: 4.0 body 0',
      'of 3/2: 1.1 body 5; 1.3 body 2; 4.0 body 7',
      'out 1/1: 1.1 body 9',
      'plain 1/1: 4.0 title 0',
      'proto 1/1: 4.0 body 6',
      'quay 2/1: 1.0 body 9; 1.1 heading 1; 1.1 body 0,2',
      'she 1/1: 2.0 body 0',
      'shine 1/1: 1.0 body 3',
      'ship 1/1: 1.3 body 1',
      'ships 1/1: 1.2 body 0',
      'shore 1/1: 2.0 body 8',
      'sleeps 1/1: 1.1 body 12',
      'stadte 1/1: 0.0 body 3',
      'strasse 1/1: 0.1 heading 0; 0.1 body 1',
      'the 5/3: 1.0 body 0,5,8; 1.1 heading 0; 1.1 body 3,6,10; 1.3 body 0,3; 2.0 body 2,7; 4.0 body 8',
      'walk 2/2: 1.0 body 6; 2.0 title 1',
      'walked 1/1: 2.0 body 1',
      'walker 1/1: 1.3 body 4',
      'walking 1/1: 2.0 body 9,11,13',
      'walks 2/2: 1.0 body 10; 2.0 body 6',
      'wall 1/1: 2.0 body 4',
      'walls 1/1: 1.0 body 2',
      'wir 1/1: 0.0 body 7',
      'words 1/1: 5.0 title 0',
      'zum 2/1: 0.0 body 9; 0.1 body 2',
      'い 1/1: 3.0 body 11',
      'ない 1/1: 3.0 body 10',
      'に港 1/1: 3.0 body 7',
      'の港 1/1: 3.0 title 2; 3.0 body 3',
      'はな 1/1: 3.0 body 9',
      '京の 1/1: 3.0 title 1',
      '京都 1/1: 3.0 body 1,5',
      '家 1/1: 3.1 body 2',
      '東京 1/1: 3.0 title 0; 3.0 body 0',
      '港 1/1: 3.0 title 3; 3.0 body 4',
      '港は 1/1: 3.0 body 8',
      '都に 1/1: 3.0 body 6',
      '都の 1/1: 3.0 body 2',
      '野家 1/1: 3.1 body 1',
      '𠮷野 1/1: 3.1 body 0',
    ]);
  });

  it('holds families of words and what their members count', () => {
    const { familyMemberArticles, familyMembers, familyMemberStarts } = segment.sections;
    const families = Array.from({ length: segment.families.size }, (_, family) => {
      const numbers = [...familyMembers.keys()].slice(familyMemberStarts[family], familyMemberStarts[family + 1]);
      const members = numbers.map((i) => `${segment.terms.key(familyMembers[i] as number)} ${familyMemberArticles[i]}`);
      return `${segment.families.key(family)}: ${members.join(', ')}`;
    });
    expect(families).toEqual([
      'de:der: der 1',
      'de:die: die 1',
      'de:haf: hafen 1',
      'de:lauf: laufen 1',
      'de:lauft: lauft 1',
      'de:stadt: stadte 1',
      'de:strass: strasse 1',
      'de:wir: wir 1',
      'de:zum: zum 1',
      'en:along: along 1',
      'en:and: and 2',
      'en:but: but 1',
      'en:construct: constructor 1',
      'en:harbour: harbour 3',
      'en:itself: itself 1',
      'en:light: lights 1',
      'en:noth: nothing 1',
      'en:out: out 1',
      'en:plain: plain 1',
      'en:proto: proto 1',
      'en:quai: quay 1',
      'en:she: she 1',
      'en:shine: shine 1',
      'en:ship: ship 1, ships 1',
      'en:shore: shore 1',
      'en:sleep: sleeps 1',
      'en:the: the 3',
      'en:walk: walk 2, walked 1, walking 1, walks 2',
      'en:walker: walker 1',
      'en:wall: wall 1, walls 1',
    ]);
  });

  it('holds the beginnings that many words have', () => {
    const prefixes = Array.from({ length: segment.prefixes.size }, (_, n) => segment.prefixes.key(n));
    expect(prefixes).toEqual(['c']);
  });

  it('holds what articles are filtered, counted and sorted by', () => {
    const articles = Array.from({ length: manifest.articles }, (_, article) => [
      segment.ids.name(article),
      segment.paths.name(article),
      segment.sections.articleDays[article],
      (['source', 'author', 'tag', 'language'] as const).map((facet) => segment.facetValues(article, facet).join('|')),
    ]);
    expect(articles).toEqual([
      ['hafen', 'de/hafen.md', dayOf('2022-06-15'), ['', 'Ada', 'Straße|sea', 'de']],
      ['lights', 'en/lights.md', dayOf('2021-12-31'), ['Port Gazette', 'Ada|Élodie', 'law|sea', 'en']],
      ['walk', 'en/walk.md', dayOf('2022-01-01'), ['Port Gazette', '', 'sea', 'en']],
      ['minato', 'ja/minato.md', noDay, ['', '', '', 'ja']],
      ['plain.txt', 'plain.txt', noDay, ['', '', '', 'en']],
      ['words.txt', 'words.txt', noDay, ['', '', '', '']],
    ]);
    expect([...segment.sections.articleStarts]).toEqual([0, 2, 6, 7, 9, 10, 11]);
    expect([...segment.sections.paragraphLengths]).toEqual([11, 4, 13, 13, 1, 5, 14, 12, 4, 10, 17]);
    expect([...segment.sections.articleWeights]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...segment.sections.articleSearchWeights]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...segment.sections.paragraphMarkStarts]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(segment.findArticle('minato')).toBe(3);
  });

  it('holds the texts', async () => {
    const data = await texts.readArticle((await texts.find('lights' as ArticleId)) as ArticleOrdinal);
    expect(data).toEqual({
      authors: ['Ada', 'Élodie'],
      date: '2021-12-31',
      guessed: [],
      id: 'lights',
      language: 'en',
      path: 'en/lights.md',
      source: 'Port Gazette',
      tags: ['sea', 'law'],
      title: 'Harbour lights',
      url: null,
    });
    const paragraphs = await texts.readParagraphs((await texts.find('minato' as ArticleId)) as ArticleOrdinal);
    expect(paragraphs).toEqual([
      { id: 'minato#p-4b21529dc198', kind: 'text', heading: null, text: '東京都の港。京都に港はない。' },
      { id: 'minato#p-1ded77ab377d', kind: 'text', heading: null, text: '𠮷野家 6,000' },
    ]);
  });

  it('knows the files that it was made from', async () => {
    const catalogue = await readCatalogue(fixture, manifest, name);
    expect(catalogue.map(({ path }) => path)).toEqual([
      'de/hafen.md',
      'en/lights.md',
      'en/walk.md',
      'ja/minato.md',
      'plain.txt',
      'words.txt',
    ]);
  });

  it.each<[what: string, tree: PlanTree, found: [article: string, score: number][]]>([
    [
      'a word',
      word('harbour'),
      [
        ['lights', 2.678],
        ['plain.txt', 1.327],
        ['walk', 1.15],
      ],
    ],
    ['a word in headings', word('quay', { fields: ['heading'] }), [['lights', 1.541]]],
    [
      'a family',
      { word: groupOf(['walk', ['walked', 0.9], ['walking', 0.9], ['walks', 0.9]]) },
      [
        ['walk', 3.029],
        ['lights', 1.354],
      ],
    ],
    ['a phrase', phrase(['lights', 'of', 'the', 'harbour']), [['lights', 3.798]]],
    [
      'a beginning',
      { word: groupOf([], { prefix: { prefix: 'wa' as Term, weight: 1 } }) },
      [
        ['walk', 3.111],
        ['lights', 1.74],
      ],
    ],
    [
      'a value',
      { all: [word('der'), { filter: { kind: 'facet', facet: 'tag', values: ['sea'] } }] },
      [['hafen', 2.786]],
    ],
  ])('answers for %s what it did', async (_, tree, found) => {
    const request: EngineRequest = {
      plan: planOf(tree),
      filters: [],
      sort: 'relevance',
      offset: 0,
      limit: 10,
      facets: ['language'],
      facetLimit: 10,
      facetValues: {},
      deadline: Number.POSITIVE_INFINITY,
    };
    const { hits } = await engine.execute(request);
    expect(hits.map(({ article, score }) => [segment.ids.name(article), Math.round(score * 1000) / 1000])).toEqual(
      found,
    );
  });

  it('is the same bytes when it is built today', async (context) => {
    const isSame = manifest.analyzer === fingerprint();
    context.skip(!isSame, `words are read otherwise now: "${fingerprint()}", the fixture "${manifest.analyzer}"`);
    await buildHarbour(async (data, { build: published, segments }) => {
      const made = segmentFiles(segments[0]?.name ?? '');
      for (const kind of ['segment', 'texts'] as const) {
        const today = await readFile(join(buildPath(data, published), made[kind]));
        expect(today.equals(await readFile(join(folder, files[kind]))), `the ${kind} differ`).toBe(true);
      }
      const marks = await readFile(join(buildPath(data, published), recurringFile));
      expect(marks.equals(await readFile(join(folder, recurringFile))), 'the marks differ').toBe(true);
    });
  });
});

describe('a snapshot of the format before', () => {
  const before = resolve(import.meta.dirname, '../../../fixtures/segment-2');

  it('is refused by name, with what to do', async () => {
    const { analyzer } = await readManifest(before, name);
    await expect(openSnapshot(before, name, analyzer)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(
        /harbours\.segment\.bin"? has segment format 2, this version of Lede reads 3: run `lede build --full`$/,
      ),
    });
    await expect(openSearchable(before)).rejects.toMatchObject({ code: 'incompatible' });
  });

  it('is built anew from the folder, and left as it is until then', async () => {
    await withTemporaryFolder(async (root) => {
      const [corpus, data] = [join(root, 'corpus'), join(root, 'data')];
      await cp(before, data, { recursive: true });
      await writeFiles(corpus, harbourCorpus);
      expect(await openPublished(data)).toBeNull();
      const report = await build({ corpus, data, isFull: false, keepBuilds: 1 });
      expect(report.build).not.toBe(name);
      const searchable = await openSearchable(data);
      expect(await searchable.engine.status()).toMatchObject({ articles: 6, paragraphs: 11, terms: 75 });
      await closeSearchable(searchable);
    });
  });
});
