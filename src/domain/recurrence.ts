/**
 * Which paragraphs recur across articles: captions, credits, promotion, related links, "Read more". They say little of
 * the article that they stand in. Stated here for every engine; an engine can compute it when it publishes an index.
 *
 * **Marks.** A body's terms, in order, make overlapping runs of `runTerms` terms; a body of fewer terms is one run. Each
 * run has a 32-bit hash (`index-build/mark-runs.ts`). Of every `windowRuns` runs that follow each other the least hash, the last of equals, is a mark of the
 * paragraph; of fewer runs, the least of them (winnowing: Schleimer, Wilkerson and Aiken 2003). So equal texts have equal marks, and
 * texts that share `runTerms + windowRuns - 1` words in a row share one, wherever these stand.
 *
 * **A mark recurs** where at least `recurringArticles` articles have it. Articles with the same `copyMarks` least marks
 * (all marks of those that have fewer) are taken for copies of one another, and count once: a report that many outlets
 * print is no boilerplate. Of copies that share nine of ten marks three quarters agree in their three least ones; of
 * articles that have half of their marks from boilerplate, one in eight.
 *
 * **A paragraph recurs** where more than half of its marks do.
 *
 * The number is absolute, so that a change concerns the marks of what changed and no others. Five articles with one
 * sentence are more than a quotation and a republished report come to; in a folder of any size a text that five
 * different articles have says nothing of any one of them.
 */

/** Runs of five terms stand in unrelated articles ("at the end of the"), runs of eight seldom do. */
export const runTerms = 8;

/** A paragraph of news has four marks: 16 bytes. */
export const windowRuns = 16;

export const recurringArticles = 5;

export const copyMarks = 3;

/** Whether a paragraph recurs of whose `marks` marks `recurring` do. A body without words has none and does not. */
export function recurs(recurring: number, marks: number): boolean {
  return 2 * recurring > marks;
}
