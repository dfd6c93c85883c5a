/**
 * The bounds of the program in one table. Reaching one is said as a problem, a warning or an error; not so far for
 * `termLength`, `corrections`, `facetValues` and `paragraphsRead`.
 */
export const limits = {
  /** Characters (UTF-16 units) of a query; the rest is cut off. */
  queryLength: 2000,
  /** Words and phrases of a query that are looked for; the rest is left out. */
  queryWords: 128,
  /** Words of one phrase that are looked for, in Chinese and its like pairs of characters; the rest is left out. */
  phraseWords: 64,
  /** Words and parts of words that all of a query comes to, with `self-propelled` two of them; the rest is left out. */
  queryTerms: 256,
  /** Characters of a query word; longer ones are cut off. */
  wordLength: 64,
  /** Depth of parentheses in a query. */
  queryNesting: 8,
  /** Values of one facet, or conditions, in one request. */
  filters: 20,
  /** Spellings that a missing or rare word is corrected to, forms of the likeliest one among them. */
  corrections: 8,
  /** Hits of one answer. */
  hits: 50,
  /** How deep paging goes, in hits. */
  offset: 10_000,
  /** Values of one facet in an answer. */
  facetValues: 50,
  /** Paragraphs shown with a hit. */
  paragraphsPerHit: 3,
  /** Paragraphs that are read of a hit to choose those from. */
  paragraphsRead: 8,
  /** Characters of a snippet. */
  snippetLength: 360,
  /** Bytes of a source file. */
  fileBytes: 32 * 1024 * 1024,
  /** Articles in one JSON or JSONL file. */
  articlesPerFile: 200_000,
  /** Characters of a paragraph; longer ones are split at sentence ends. */
  paragraphLength: 8000,
  /** Depth of nested elements in HTML and of nested blocks in Markdown; deeper text is kept, flat. */
  nesting: 200,
  /** Blocks of one article, each a paragraph or a part of one; the rest is left out. */
  blocksPerArticle: 200_000,
  /** Elements of one HTML page, those among them that the parser repeats; what stands behind is left out. */
  htmlElements: 300_000,
  /** Characters that may begin a mark, in one paragraph of Markdown; one with more is kept as written. */
  paragraphMarks: 100_000,
  /** The same in one Markdown file; paragraphs beyond are kept as written. */
  markdownMarks: 3_000_000,
  /** Characters of a title, author, source or tag; the rest is cut off. */
  attributeLength: 500,
  /** Authors, or tags, of one article. */
  attributeValues: 50,
  /** Characters of a term; the rest of the word is not indexed. */
  termLength: 64,
  /** Bytes of the file with pinned articles, … */
  pinBytes: 4 * 1024 * 1024,
  /** … its lines, … */
  pinLines: 20_000,
  /** … and the articles that one query has in it; more are left out. */
  pinsPerQuery: 20,
  /** Milliseconds that one search may take before it answers with what it has. */
  searchMs: 2000,
  /** Searches that may wait for a free thread; more are turned away. */
  waitingSearches: 500,
} as const;
