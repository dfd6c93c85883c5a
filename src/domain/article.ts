/**
 * Articles and paragraphs: what readers produce, what is stored, and what is shown.
 * Plain text everywhere; markup never gets this far.
 */
import type { ArticleId, ParagraphId } from './ids.ts';

/** What an article says about itself. */
export interface ArticleData {
  readonly id: ArticleId;
  /** Path of the source file inside the corpus, with `/`. */
  readonly path: string;
  readonly title: string;
  /** Calendar day `YYYY-MM-DD`, or null where the source gives none. */
  readonly date: string | null;
  readonly authors: readonly string[];
  /** Who published it: an outlet, an agency, a site. */
  readonly source: string | null;
  /** Where the original stands; `http:` or `https:` only. */
  readonly url: string | null;
  readonly tags: readonly string[];
  /** Lower-case ISO 639-1 code, or null where neither stated nor detected. */
  readonly language: string | null;
  /** What it states as `weight`, where it states a number that may count: see `owner-choices.ts`. */
  readonly weight?: number;
  /** What it states as `search_weight`. */
  readonly searchWeight?: number;
  /** Which of the values above were inferred from the text rather than stated by the source. */
  readonly guessed: readonly GuessedField[];
}

export type GuessedField = 'title' | 'date' | 'authors' | 'language';

/** The kinds of block a paragraph can come from. */
export const paragraphKinds = ['text', 'item', 'quote', 'row', 'code', 'caption'] as const;
export type ParagraphKind = (typeof paragraphKinds)[number];

/** One block of text as a reader found it, before over-long ones are split. */
export interface Block {
  readonly kind: ParagraphKind;
  /** The nearest section heading above it, or null. */
  readonly heading: string | null;
  readonly text: string;
}

/** What a source says of where, when and whether its article is public. Decides, and is not stored. */
export interface Publication {
  /** Why it is not public, such as `draft: true`; null where nothing says so. */
  readonly heldBack: string | null;
  /** The first moment at which it is public, ms since 1970, or null. */
  readonly fromMs: number | null;
  /** The moment from which on it no longer is, ms since 1970, or null. */
  readonly untilMs: number | null;
  /** Address inside its site, beginning with a slash, or null. */
  readonly permalink: string | null;
  /** Name of its page, in place of the file's, or null. */
  readonly slug: string | null;
  /** Keys of its data that mean nothing to the program, as they are written. */
  readonly unknownKeys: readonly string[];
}

/** An article as a reader hands it over. */
export interface SourceArticle extends ArticleData {
  readonly blocks: readonly Block[];
  /** Where its source says anything of it. */
  readonly publication?: Publication;
}

/** The unit that is indexed and shown. */
export interface Paragraph {
  readonly id: ParagraphId;
  readonly kind: ParagraphKind;
  readonly heading: string | null;
  readonly text: string;
}

/** The fields of the index. The order is the order of their numbers in a segment. */
export const fields = ['title', 'heading', 'body'] as const;
export type Field = (typeof fields)[number];
