/** The oracle's store: the prepared articles themselves. */
import type { ArticleData, Paragraph } from '../../../src/domain/article.ts';
import { LedeError } from '../../../src/domain/error.ts';
import type { ArticleId, ArticleOrdinal, ParagraphOrdinal } from '../../../src/domain/ids.ts';
import type { ArticleStore, Passages } from '../../../src/engine/engine.ts';
import type { OracleArticle } from './texts.ts';

export class OracleStore implements ArticleStore {
  readonly #articles: readonly OracleArticle[];
  readonly #recurring: readonly (readonly boolean[])[];

  /** `recurring`: for each paragraph of each article, whether it recurs. */
  constructor(articles: readonly OracleArticle[], recurring: readonly (readonly boolean[])[]) {
    this.#articles = articles;
    this.#recurring = recurring;
  }

  async find(id: ArticleId): Promise<ArticleOrdinal | null> {
    const article = this.#articles.findIndex(({ data }) => data.id === id);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async findPath(path: string): Promise<ArticleOrdinal | null> {
    const article = this.#articles.findIndex(({ data }) => data.path === path);
    return article < 0 ? null : (article as ArticleOrdinal);
  }

  async readArticle(article: ArticleOrdinal): Promise<ArticleData> {
    return this.#article(article).data;
  }

  async readParagraph(paragraph: ParagraphOrdinal): Promise<Paragraph> {
    const found = this.#articles.flatMap(({ paragraphs }) => paragraphs)[paragraph];
    if (found === undefined) throw new LedeError('internal', `no paragraph ${paragraph}`);
    return found;
  }

  async readParagraphs(article: ArticleOrdinal): Promise<readonly Paragraph[]> {
    return this.#article(article).paragraphs;
  }

  async readPassages(article: ArticleOrdinal, paragraphs: readonly ParagraphOrdinal[]): Promise<Passages> {
    const { data, paragraphs: all } = this.#article(article);
    const asked = await Promise.all(paragraphs.map((paragraph) => this.readParagraph(paragraph)));
    return { data, paragraphs: asked.length > 0 ? asked : all.slice(0, 1) };
  }

  async readOpening(article: ArticleOrdinal, limit: number): Promise<Passages> {
    const { data, paragraphs } = this.#article(article);
    const own = paragraphs.filter((_, place) => !this.#recurring[article]?.[place]).slice(0, limit);
    return { data, paragraphs: own.length > 0 ? own : paragraphs.slice(0, 1) };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #article(article: ArticleOrdinal): OracleArticle {
    const found = this.#articles[article];
    if (found === undefined) throw new LedeError('internal', `no article ${article}`);
    return found;
  }
}
