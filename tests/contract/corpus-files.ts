/**
 * Corpora as tests write them down: files in memory, which are laid into a temporary folder for the program, and read
 * article by article for the oracle. The readers are the program's own: they have tests of their own.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type PreparedArticle, prepareArticle } from '../../index-build/prepare-article.ts';
import { readFile } from '../../index-build/read/read-file.ts';

/** Contents by path. */
export type CorpusFiles = ReadonlyMap<string, string>;

/** An article of a test. What is not said is empty: a title of a dash holds no word. */
export interface TinyArticle {
  readonly id?: string;
  readonly title?: string;
  readonly date?: string;
  readonly authors?: readonly string[];
  readonly source?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
  readonly weight?: number;
  readonly search_weight?: number;
  /** Markdown: paragraphs parted by blank lines, headings of level 2. */
  readonly text: string;
}

/** One Markdown file per article, `NAME.md`. */
export function corpusOf(articles: Readonly<Record<string, TinyArticle>>): CorpusFiles {
  return new Map(Object.entries(articles).map(([name, article]) => [`${name}.md`, writeMarkdown(article)]));
}

function writeMarkdown({ text, ...stated }: TinyArticle): string {
  const data = Object.entries({ title: '—', language: 'en', ...stated });
  const lines = data.map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n${text}\n`;
}

/** The articles that a build of the files holds, in its order: of two with one id the first. */
export function readArticles(files: CorpusFiles): PreparedArticle[] {
  const articles = new Map<string, PreparedArticle>();
  for (const path of [...files.keys()].sort()) {
    const bytes = Buffer.from(files.get(path) as string, 'utf8');
    for (const source of readFile({ path, bytes }).articles) {
      if (!articles.has(source.id)) articles.set(source.id, prepareArticle(source));
    }
  }
  return [...articles.values()];
}

/** Lays the files into a folder, which may hold others. */
export async function writeFiles(folder: string, files: CorpusFiles): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Runs `work` with a new folder, and removes it afterwards. */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lede-test-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
