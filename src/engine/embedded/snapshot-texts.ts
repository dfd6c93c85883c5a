/** Texts and article data of a snapshot: finds the part and the number there, and reads from that part's file. */
import type { ArticleData, Paragraph } from '../../domain/article.ts';
import { LedeError } from '../../domain/error.ts';
import type { ArticleId, ArticleOrdinal, ParagraphOrdinal } from '../../domain/ids.ts';
import type { ArticleStore, Passages } from '../engine.ts';
import type { OpenedIndex } from './opened-index.ts';
import type { TextFile } from './text-file.ts';

export class SnapshotTexts implements ArticleStore {
  readonly #index: OpenedIndex;
  readonly #files: ReadonlyMap<string, TextFile>;

  /** `files` by the names of the index's parts; they are closed with the store. */
  constructor(index: OpenedIndex, files: ReadonlyMap<string, TextFile>) {
    this.#index = index;
    this.#files = files;
  }

  async find(id: ArticleId): Promise<ArticleOrdinal | null> {
    const article = this.#index.findArticle(id);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async findPath(path: string): Promise<ArticleOrdinal | null> {
    const article = this.#index.findPath(path);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async readArticle(article: ArticleOrdinal): Promise<ArticleData> {
    const { file, local } = this.#locate(article);
    return file.readArticle(local);
  }

  async readParagraph(paragraph: ParagraphOrdinal): Promise<Paragraph> {
    if (!(paragraph >= 0 && paragraph < this.#index.paragraphNumbers)) {
      throw new LedeError('internal', `the snapshot has no paragraph ${paragraph}`);
    }
    const { firstParagraph, name } = this.#index.partOfParagraph(paragraph);
    return this.#file(name).readParagraph((paragraph - firstParagraph) as ParagraphOrdinal);
  }

  async readPassages(article: ArticleOrdinal, paragraphs: readonly ParagraphOrdinal[]): Promise<Passages> {
    const { file, local, firstParagraph } = this.#locate(article);
    return file.readPassages(
      local,
      paragraphs.map((paragraph) => (paragraph - firstParagraph) as ParagraphOrdinal),
    );
  }

  async readOpening(article: ArticleOrdinal, limit: number): Promise<Passages> {
    const { file, local, firstParagraph } = this.#locate(article);
    const end = this.#index.paragraphEnds[article] as number;
    const opening: ParagraphOrdinal[] = [];
    for (let paragraph = this.#index.paragraphStarts[article] as number; paragraph < end; paragraph++) {
      if (opening.length === limit) break;
      if (!this.#index.isRecurring(paragraph)) opening.push((paragraph - firstParagraph) as ParagraphOrdinal);
    }
    return file.readPassages(local, opening);
  }

  async readParagraphs(article: ArticleOrdinal): Promise<readonly Paragraph[]> {
    const { file, local } = this.#locate(article);
    return file.readParagraphs(local);
  }

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
  }

  #locate(article: ArticleOrdinal): LocatedArticle {
    if (!this.#index.has(article)) throw new LedeError('internal', `the snapshot has no article ${article}`);
    const { part, local } = this.#index.locate(article);
    return { file: this.#file(part.name), local: local as ArticleOrdinal, firstParagraph: part.firstParagraph };
  }

  #file(name: string): TextFile {
    const file = this.#files.get(name);
    if (file === undefined) throw new LedeError('internal', `the texts of segment "${name}" are not open`);
    return file;
  }
}

interface LocatedArticle {
  readonly file: TextFile;
  /** Its number in the part, … */
  readonly local: ArticleOrdinal;
  /** … and that of the part's first paragraph in the index. */
  readonly firstParagraph: number;
}
