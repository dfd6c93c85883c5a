/**
 * What a build adds to the snapshot: the articles of new and changed files, and what is to be known of these files and
 * of those that are gone. A build that adds nothing makes no folder.
 */
import { join } from 'node:path';
import type { BuildId } from '../src/domain/ids.ts';
import { openBuildFolder, segmentFiles } from '../src/snapshot/snapshot-folder.ts';
import { Assembly } from './assembly.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { CompiledSegment } from './compile/compile-segment.ts';
import type { Crew } from './crew.ts';
import type { EncodedArticle } from './encode-article.ts';
import { FileWriter } from './file-writer.ts';

export interface FinishedDelta {
  /** The build's folder. */
  readonly folder: string;
  readonly compiled: CompiledSegment;
  readonly texts: FileWriter;
}

export class Delta {
  readonly #data: string;
  readonly #build: BuildId;
  readonly #crew: Crew | undefined;
  #opened: Promise<{ folder: string; texts: FileWriter; assembly: Assembly }> | null = null;
  /** Of all articles that were added. */
  paragraphs = 0;
  /** In path order. */
  readonly files: CatalogueEntry[] = [];
  /** Paths of known files that are no longer there. */
  readonly gone: string[] = [];

  constructor(data: string, build: BuildId, crew?: Crew) {
    this.#data = data;
    this.#build = build;
    this.#crew = crew;
  }

  get isEmpty(): boolean {
    return this.files.length === 0 && this.gone.length === 0;
  }

  async add(article: EncodedArticle): Promise<void> {
    const { assembly } = await this.#open();
    await assembly.add(article);
    this.paragraphs += article.paragraphBytes.length;
  }

  /** Indexes what is left; `texts` is still to be finished. */
  async finish(): Promise<FinishedDelta> {
    const { folder, texts, assembly } = await this.#open();
    return { folder, texts, compiled: await assembly.finish() };
  }

  /** Closes what is open, after a failure; does no harm otherwise. */
  async abandon(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    await opened?.texts.abandon();
  }

  #open() {
    this.#opened ??= this.#create();
    return this.#opened;
  }

  async #create() {
    const folder = await openBuildFolder(this.#data, this.#build);
    const texts = await FileWriter.create(join(folder, segmentFiles(this.#build).texts));
    return { folder, texts, assembly: new Assembly(texts, this.#crew) };
  }
}
