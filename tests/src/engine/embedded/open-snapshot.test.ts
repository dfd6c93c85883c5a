import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../../../index-build/build.ts';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import type { ArticleOrdinal, BuildId } from '../../../../src/domain/ids.ts';
import {
  closeSnapshot,
  loadSnapshot,
  type OpenedSegment,
  type OpenedSnapshot,
  openSnapshot,
  viewSnapshot,
} from '../../../../src/engine/embedded/open-snapshot.ts';
import { TextFile } from '../../../../src/engine/embedded/text-file.ts';
import { buildPath, readCurrent, recurringFile, type SegmentEntry } from '../../../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder, writeFiles } from '../../../contract/corpus-files.ts';
import { buildHarbours } from './altered-snapshot.ts';

/** Runs `work` on a published snapshot of one article; `folder` is the build's. */
function withSnapshot(work: (data: string, published: BuildId, folder: string) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (root) => {
    const [corpus, data] = [join(root, 'corpus'), join(root, 'data')];
    await writeFiles(corpus, new Map([['a.txt', 'Harbour\n\nThe quay.']]));
    const { build: published } = await build({ corpus, data, isFull: true, keepBuilds: 1 });
    await work(data, published, buildPath(data, published));
  });
}

function expectRefusal(data: string, published: BuildId, says: string): Promise<void> {
  return expect(openSnapshot(data, published, fingerprint())).rejects.toMatchObject({
    code: 'incompatible',
    message: expect.stringMatching(new RegExp(`${says}.*run \`lede build --full\`$`)),
  });
}

/** The only segment. */
function onlySegmentOf({ segments }: OpenedSnapshot): OpenedSegment {
  expect(segments).toHaveLength(1);
  return segments[0] as OpenedSegment;
}

describe('openSnapshot', () => {
  it('opens what was published', () =>
    withSnapshot(async (data, published) => {
      const snapshot = await openSnapshot(data, published, fingerprint());
      const { manifest } = snapshot;
      const { segment } = onlySegmentOf(snapshot);
      expect(manifest.build).toBe(published);
      expect([manifest.articles, manifest.terms]).toEqual([segment.header.articles, segment.header.terms]);
      await closeSnapshot(snapshot);
    }));

  it('refuses a snapshot whose manifest lists no marks', () =>
    withSnapshot(async (data, published, folder) => {
      const path = join(folder, 'manifest.json');
      const { files, ...manifest } = JSON.parse(await readFile(path, 'utf8')) as { files: Record<string, unknown> };
      const { [recurringFile]: _, ...others } = files;
      await writeFile(path, JSON.stringify({ ...manifest, files: others }));
      await expectRefusal(data, published, `the manifest of build "${published}" lists no recurring.bin: `);
    }));

  it('reads on where the snapshot is removed meanwhile', () =>
    withSnapshot(async (data, published, folder) => {
      const snapshot = await openSnapshot(data, published, fingerprint());
      const { segment, texts } = onlySegmentOf(snapshot);
      await rm(folder, { recursive: true });
      const store = new TextFile(segment, texts, 'texts');
      expect((await store.readArticle(0 as ArticleOrdinal)).title).toBe('Harbour');
      await closeSnapshot(snapshot);
    }));

  it('takes files that another snapshot has in memory from there, and reads only the others', () =>
    withSnapshot(async (data, published) => {
      const before = await loadSnapshot(data, published);
      const same = await loadSnapshot(data, published, before);
      expect(same.segments[0]?.segment.bytes).toBe(before.segments[0]?.segment.bytes);
      expect(same.segments[0]?.texts).not.toBe(before.segments[0]?.texts);
      const [file] = before.segments.map(({ segment }) => ({ ...segment, key: `${segment.key}0` }));
      const other = {
        ...before,
        segments: before.segments.map((loaded) => ({ ...loaded, segment: file ?? loaded.segment })),
      };
      const read = await loadSnapshot(data, published, other);
      expect(read.segments[0]?.segment.bytes).not.toBe(before.segments[0]?.segment.bytes);
      expect(read.segments[0]?.segment.bytes).toEqual(before.segments[0]?.segment.bytes);
      for (const snapshot of [before, same, read]) await closeSnapshot(snapshot);
    }));

  it('makes a segment of a file once, wherever it is seen again', () =>
    withSnapshot(async (data, published) => {
      const loaded = await loadSnapshot(data, published);
      const before = viewSnapshot(loaded, fingerprint());
      const first = onlySegmentOf(before);
      const known = new Map([...before.views, ['of another snapshot', first.segment]]);
      const again = viewSnapshot(structuredClone(loaded), fingerprint(), known);
      expect(onlySegmentOf(again).segment).toBe(first.segment);
      expect([...again.views.values()]).toEqual([first.segment]);
      expect(onlySegmentOf(viewSnapshot(loaded, fingerprint())).segment).not.toBe(first.segment);
      await closeSnapshot(loaded);
    }));

  it('says which build is not there', () =>
    withSnapshot(async (data) => {
      await expect(openSnapshot(data, 'other' as BuildId, fingerprint())).rejects.toMatchObject({ code: 'not_found' });
    }));

  it.each(['segment.bin', 'texts.bin'])('refuses a snapshot without %s', (file) =>
    withSnapshot(async (data, published, folder) => {
      await rm(join(folder, `${published}.${file}`));
      await expectRefusal(data, published, `${file}" cannot be read`);
    }),
  );

  it.each(['segment.bin', 'texts.bin'])('refuses a snapshot whose %s has another size than its manifest says', (file) =>
    withSnapshot(async (data, published, folder) => {
      const { length } = await readFile(join(folder, `${published}.${file}`));
      await truncate(join(folder, `${published}.${file}`), length - 1);
      await expectRefusal(
        data,
        published,
        `^${published}.${file} of build "${published}" has ${length - 1} bytes, .* ${length}:`,
      );
      await writeFile(join(folder, `${published}.${file}`), Buffer.alloc(length + 1));
      await expectRefusal(data, published, `^${published}.${file} of build .* has ${length + 1} bytes`);
    }),
  );

  it('refuses a segment of the right size whose bytes differ', () =>
    withSnapshot(async (data, published, folder) => {
      const bytes = await readFile(join(folder, `${published}.segment.bin`));
      bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
      await writeFile(join(folder, `${published}.segment.bin`), bytes);
      await expectRefusal(data, published, 'differs from its checksum');
    }));

  it('refuses words of another analyzer', () =>
    withSnapshot(async (data, published) => {
      await expect(openSnapshot(data, published, 'words-99')).rejects.toMatchObject({
        code: 'incompatible',
        message: expect.stringContaining('this version analyzes by "words-99"'),
      });
    }));

  it.each<[what: string, change: (entry: SegmentEntry) => Partial<SegmentEntry>, says: string]>([
    ['more articles', ({ articles }) => ({ articles: articles + 1 }), 'not as many articles and paragraphs'],
    ['fewer paragraphs', ({ paragraphs }) => ({ paragraphs: paragraphs - 1 }), 'not as many articles and paragraphs'],
    ['another removed article', () => ({ removed: [0] }), 'holds other articles than its manifest says'],
    ['more removed articles', () => ({ removed: [0, 1] }), 'holds other articles than its manifest says'],
  ])('refuses a segment of which its manifest says that it has %s', (_, change, says) =>
    withTemporaryFolder(async (root) => {
      const data = await buildHarbours(root);
      const loaded = await loadSnapshot(data, (await readCurrent(data)) as BuildId);
      const [first, ...others] = loaded.manifest.segments as [SegmentEntry, ...SegmentEntry[]];
      expect(first.removed).toEqual([2]);
      const manifest = { ...loaded.manifest, segments: [{ ...first, ...change(first) }, ...others] };
      expect(() => viewSnapshot({ ...loaded, manifest }, fingerprint())).toThrow(
        expect.objectContaining({ code: 'incompatible', message: expect.stringContaining(says) }),
      );
      await closeSnapshot(loaded);
    }),
  );

  it('refuses texts that are longer than their segment says', () =>
    withSnapshot(async (data, published) => {
      const loaded = await loadSnapshot(data, published);
      const name = `${published}.texts.bin`;
      const files = { ...loaded.manifest.files, [name]: { bytes: 1, crc32: 0 } };
      expect(() => viewSnapshot({ ...loaded, manifest: { ...loaded.manifest, files } }, fingerprint())).toThrow(
        expect.objectContaining({ message: expect.stringContaining('its texts take more or less than their file') }),
      );
      await closeSnapshot(loaded);
    }));
});
