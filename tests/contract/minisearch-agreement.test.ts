/**
 * MiniSearch, asked directly, as a second opinion on what matches: with the analyzer as its tokenizer, over the same
 * paragraphs and articles, it finds what the embedded engine finds for words, beginnings, AND, OR and AND NOT, per field
 * and without expansion. How it ranks is another matter.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import MiniSearch, { type Query } from 'minisearch';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.ts';
import { type Field, fields } from '../../src/domain/article.ts';
import type { Term } from '../../src/domain/ids.ts';
import type { SearchEngine } from '../../src/engine/engine.ts';
import { type CorpusFiles, readArticles } from './corpus-files.ts';
import { withEmbedded } from './open-embedded.ts';
import { indexTexts } from './oracle/texts.ts';
import { groupOf, type PlanTree, planOf } from './plan-of.ts';
import { corpusFilesOf, corpusWords } from './random-corpora.ts';
import { termsOf } from './random-requests.ts';

/** What is asked for: words or beginnings, all or any of them, in some fields. */
interface Question {
  readonly words: readonly { readonly term: Term; readonly isBeginning: boolean }[];
  readonly combine: 'AND' | 'OR' | 'AND_NOT';
  readonly fields: readonly Field[];
}

describe('MiniSearch and the embedded engine', { timeout: 60_000 }, () => {
  it('find the same paragraphs and articles of random corpora', async () => {
    const cases = corpusWords.chain((words) =>
      fc.record({
        files: corpusFilesOf(words, { min: 1, max: 6 }),
        questions: fc.array(questionOf(termsOf(words)), { minLength: 1, maxLength: 20 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ files, questions }) => {
        await expectAgreement(files, questions);
      }),
      { numRuns: 30, unbiased: true },
    );
  });

  it('find the same paragraphs and articles of the sample corpus', async () => {
    const files = await readSampleCorpus();
    const terms = indexTexts(readArticles(files)).flatMap(({ words }) => words.flat());
    // As often as they occur, so that most questions are for words that meet.
    const questions = fc.array(questionOf(terms), { minLength: 300, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(questions, async (asked) => {
        expect(await expectAgreement(files, asked), 'questions that find something').toBeGreaterThan(100);
      }),
      { numRuns: 1, unbiased: true, endOnFailure: true },
    );
  });
});

function questionOf(terms: readonly Term[]): fc.Arbitrary<Question> {
  const whole = fc.constantFrom(...terms).map((term) => ({ term, isBeginning: false }));
  const beginning = fc
    .tuple(fc.constantFrom(...terms), fc.integer({ min: 1, max: 4 }))
    .map(([term, length]) => ({ term: term.slice(0, length) as Term, isBeginning: true }));
  return fc.record({
    words: fc.array(fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: beginning }), {
      minLength: 1,
      maxLength: 4,
    }),
    combine: fc.constantFrom('AND', 'AND', 'OR', 'AND_NOT'),
    fields: fc.oneof(fc.constant(fields), fc.subarray([...fields], { minLength: 1 })),
  });
}

/** Returns how many of the questions find something. */
function expectAgreement(files: CorpusFiles, questions: readonly Question[]): Promise<number> {
  const { articles, paragraphs } = openMiniSearch(files);
  return withEmbedded(files, async ({ engine }) => {
    let answered = 0;
    for (const question of questions) {
      const expected = ask(articles, question);
      if (expected.length > 0) answered++;
      expect(await articlesFound(engine, question), `articles for ${JSON.stringify(question)}`).toEqual(expected);
      // A title belongs to no paragraph; what excludes articles does not exclude paragraphs of others.
      const below = question.fields.filter((field) => field !== 'title');
      if (below.length === 0 || question.combine === 'AND_NOT') continue;
      const inParagraphs = { ...question, fields: below };
      expect(await paragraphsFound(engine, inParagraphs), `paragraphs for ${JSON.stringify(question)}`).toEqual(
        ask(paragraphs, inParagraphs),
      );
    }
    return answered;
  });
}

type Document = Readonly<Record<Field, string>> & { readonly id: number };

/** Two indexes of MiniSearch: one of the paragraphs, one of the articles as wholes. */
function openMiniSearch(files: CorpusFiles): { articles: MiniSearch<Document>; paragraphs: MiniSearch<Document> } {
  const texts = indexTexts(readArticles(files));
  const gather = (key: 'article' | 'paragraph') => {
    const documents = new Map<number, Record<Field, string> & { id: number }>();
    for (const text of texts) {
      const id = text[key];
      if (id === null) continue;
      const document = documents.get(id) ?? { id, title: '', heading: '', body: '' };
      document[text.field] += `${text.text}\n\n`;
      documents.set(id, document);
    }
    return [...documents.values()];
  };
  const open = (documents: readonly Document[]) => {
    const index = new MiniSearch<Document>({
      fields: [...fields],
      tokenize: (text) => analyze(text).map(({ term }) => term),
      processTerm: (term) => term,
      searchOptions: { tokenize: (text) => [text] },
    });
    index.addAll(documents);
    return index;
  };
  return { articles: open(gather('article')), paragraphs: open(gather('paragraph')) };
}

function ask(index: MiniSearch<Document>, question: Question): number[] {
  const query: Query = {
    combineWith: question.combine,
    queries: question.words.map(({ term, isBeginning }) => ({ queries: [term], prefix: isBeginning })),
  };
  const found = index.search(query, { fields: [...question.fields] });
  return found.map(({ id }) => id as number).sort((a, b) => a - b);
}

function leavesOf(question: Question): PlanTree[] {
  return question.words.map(({ term, isBeginning }) => ({
    word: groupOf(isBeginning ? [] : [term], {
      fields: question.fields,
      prefix: isBeginning ? { prefix: term, weight: 0.5 } : null,
    }),
  }));
}

async function articlesFound(engine: SearchEngine, question: Question): Promise<number[]> {
  const leaves = leavesOf(question);
  const [first, ...others] = leaves as [PlanTree, ...PlanTree[]];
  const excluded: PlanTree[] = others.map((not) => ({ not }));
  const trees = { AND: { all: leaves }, OR: { any: leaves }, AND_NOT: { all: [first, ...excluded] } };
  const hits = await hitsOf(engine, trees[question.combine]);
  return hits.map(({ article }) => article as number).sort((a, b) => a - b);
}

async function paragraphsFound(engine: SearchEngine, question: Question): Promise<number[]> {
  const hits = await hitsOf(engine, { any: leavesOf(question) });
  const needed = question.combine === 'AND' ? question.words.length : 1;
  return hits
    .flatMap(({ paragraphs }) => paragraphs.filter(({ leaves }) => leaves.length >= needed))
    .map(({ paragraph }) => paragraph as number)
    .sort((a, b) => a - b);
}

async function hitsOf(engine: SearchEngine, tree: PlanTree) {
  const { hits } = await engine.execute({
    plan: planOf(tree),
    filters: [],
    sort: 'relevance',
    offset: 0,
    limit: 10_000,
    facets: [],
    facetLimit: 0,
    facetValues: {},
    deadline: Number.POSITIVE_INFINITY,
  });
  return hits;
}

async function readSampleCorpus(): Promise<CorpusFiles> {
  const root = resolve(import.meta.dirname, '../../corpus');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, 'utf8')] as const)),
  );
}
