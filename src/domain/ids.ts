/**
 * The identifiers of the domain, branded so that one kind cannot pass for another.
 * Ids are stable across builds; ordinals are dense numbers that mean something inside one snapshot only.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Names an article for good: its own id where the source gives one, else its path inside the corpus. */
export type ArticleId = Branded<string, 'ArticleId'>;

/**
 * Names a paragraph for good: `ARTICLE#p-HASH`, where HASH is taken from the normalized text,
 * with `-2`, `-3` … behind it where an article repeats a paragraph. See `index-build/paragraph-ids.ts`.
 */
export type ParagraphId = Branded<string, 'ParagraphId'>;

/** Names one published snapshot. Later builds sort behind earlier ones. */
export type BuildId = Branded<string, 'BuildId'>;

/** 0-based number of an article inside one snapshot, in corpus order. */
export type ArticleOrdinal = Branded<number, 'ArticleOrdinal'>;

/** 0-based number of a paragraph inside one snapshot; an article's paragraphs are contiguous, in reading order. */
export type ParagraphOrdinal = Branded<number, 'ParagraphOrdinal'>;

/** A normalized word as it stands in the dictionary. Only the analyzer makes terms. */
export type Term = Branded<string, 'Term'>;
