/** Has the measured corpus written, unless the work folder holds the very same one from a run before. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentFile } from './documents.ts';
import { runStep } from './run-step.ts';
import { type CorpusPart, documentsPath, stageParts } from './write-corpus.ts';

export interface CorpusRecipe {
  readonly sources: readonly string[];
  readonly seed: number;
  /** As in `CorpusJob`. */
  readonly sizes: readonly number[] | null;
}

export class PreparedCorpus {
  readonly parts: readonly CorpusPart[];
  readonly #folder: string;

  constructor(folder: string, parts: readonly CorpusPart[]) {
    this.#folder = folder;
    this.parts = parts;
  }

  /** Puts the first `count` parts into the folder that is indexed. */
  async stage(count: number): Promise<StagedCorpus> {
    const part = this.parts[count - 1];
    if (part === undefined) throw new Error('the corpus has no paragraphs: name a folder with articles');
    const corpus = await stageParts(this.#folder, count, this.parts.length);
    return { corpus, part, documents: { file: documentsPath(this.#folder), paragraphs: part.paragraphs } };
  }
}

export interface StagedCorpus {
  /** Folder for Lede. */
  readonly corpus: string;
  readonly documents: DocumentFile;
  readonly part: CorpusPart;
}

/** Raise when the same recipe gives another corpus. */
const recipeVersion = 1;

export async function prepareCorpus(work: string, recipe: CorpusRecipe): Promise<PreparedCorpus> {
  const folder = path.join(work, 'corpus');
  const marker = path.join(work, 'corpus.json');
  const expected = JSON.stringify({ recipeVersion, ...recipe });
  const kept = JSON.parse(await readFile(marker, 'utf8').catch(() => '{}')) as {
    recipe?: string;
    parts?: CorpusPart[];
  };
  if (kept.recipe === expected && kept.parts !== undefined) return new PreparedCorpus(folder, kept.parts);
  const parts = await runStep('corpus', { ...recipe, folder });
  await writeFile(marker, JSON.stringify({ recipe: expected, parts }));
  return new PreparedCorpus(folder, parts);
}
