import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../../../index-build/build.ts';
import { fingerprint } from '../../../../src/analysis/analyze.ts';
import type { ArticleOrdinal, BuildId } from '../../../../src/domain/ids.ts';
import {
  closeSnapshot,
  type OpenedSegment,
  type OpenedSnapshot,
  openSnapshot,
} from '../../../../src/engine/embedded/open-snapshot.ts';
import { TextFile } from '../../../../src/engine/embedded/text-file.ts';
import { buildPath } from '../../../../src/snapshot/snapshot-folder.ts';
import { withTemporaryFolder, writeFiles } from '../../../contract/corpus-files.ts';

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

  it('reads on where the snapshot is removed meanwhile', () =>
    withSnapshot(async (data, published, folder) => {
      const { segment, texts } = onlySegmentOf(await openSnapshot(data, published, fingerprint()));
      await rm(folder, { recursive: true });
      const store = new TextFile(segment, texts, 'texts');
      expect((await store.readArticle(0 as ArticleOrdinal)).title).toBe('Harbour');
      await store.close();
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
});
