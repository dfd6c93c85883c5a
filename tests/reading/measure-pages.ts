/**
 * `npm run measure-pages -- FOLDER`: reads saved pages and compares them with what people say is on them. FOLDER holds a
 * folder for each page with `source.html`, `expected.html` (the article alone) and `expected-metadata.json` (`title`,
 * `byline`, `publishedTime`), as in the test pages of mozilla/readability. `--half even|odd` takes every second page in
 * the order of their names: one half to look at, the other to report. `--each` prints a line a page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'parse5';
import { attributeOf, elementsIn, textIn } from '../../index-build/read/html-tree.ts';
import { readFile } from '../../index-build/read/read-file.ts';
import { type ExpectedPage, measurePage, type PageMeasures, type PageReading } from './page-measures.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { half: { type: 'string' }, each: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder of pages: npm run measure-pages -- FOLDER');

const names = readdirSync(folder).sort();
const measured = names.filter(isInHalf).map((name) => ({ name, ...measure(join(folder, name)) }));
for (const page of values.each ? measured : []) console.log(describePage(page));
console.log(`${measured.length} pages`);
console.log(`words: precision ${mean('precision')}, recall ${mean('recall')} (means of the pages)`);
console.log(`titles ${count('isTitleRight')}, with the page's own headline ${count('isHeadlineRight')}`);
console.log(`bylines ${count('isBylineRight')}, dates ${count('isDateRight')}`);

type Measured = PageMeasures & { readonly read: PageReading; readonly expected: ExpectedPage };

function isInHalf(_name: string, index: number): boolean {
  return values.half === undefined || index % 2 === (values.half === 'odd' ? 1 : 0);
}

function measure(page: string): Measured {
  const read = readPage(join(page, 'source.html'));
  const { title, byline, publishedTime } = JSON.parse(readFileSync(join(page, 'expected-metadata.json'), 'utf8'));
  const html = readFileSync(join(page, 'expected.html'), 'utf8');
  const headline = findHeadline(readFileSync(join(page, 'source.html'), 'utf8'));
  const expected = {
    title,
    byline,
    publishedTime,
    text: visibleText(html),
    pictureTexts: pictureTexts(html),
    headline,
  };
  return { ...measurePage(read, expected), read, expected };
}

function readPage(path: string): PageReading {
  const { articles } = readFile({ path, bytes: readFileSync(path) });
  const [article] = articles;
  if (article === undefined) return { title: '', authors: [], date: null, text: '' };
  const headings = article.blocks.map(({ heading }) => heading);
  const texts = article.blocks.flatMap(({ heading, text }, index) =>
    heading === null || heading === headings[index - 1] ? [text] : [heading, text],
  );
  return { ...article, text: texts.join('\n') };
}

/** Text with a gap at every tag, as blocks have it. */
function visibleText(html: string): string {
  return textIn(parse(html.replace(/<\/?(?:p|div|li|h\d|td|tr|br|section|ul|ol|table|figure|figcaption)\b/gi, ' $&')));
}

function pictureTexts(html: string): string {
  const images = [...elementsIn(parse(html))].filter(({ tagName }) => tagName === 'img');
  return images.map((image) => attributeOf(image, 'alt') ?? '').join(' ');
}

function findHeadline(html: string): string | null {
  const headings = [...elementsIn(parse(html))].filter(({ tagName }) => tagName === 'h1');
  const [heading] = headings;
  return heading !== undefined && headings.length === 1 ? textIn(heading) : null;
}

function mean(measure: 'precision' | 'recall'): string {
  return (measured.reduce((sum, page) => sum + page[measure], 0) / measured.length).toFixed(3);
}

function count(judgement: 'isTitleRight' | 'isHeadlineRight' | 'isBylineRight' | 'isDateRight'): string {
  const judged = measured.map((page) => page[judgement]).filter((isRight) => isRight !== null);
  return `${judged.filter(Boolean).length} of ${judged.length}`;
}

function describePage({ name, read, expected, ...page }: Measured & { readonly name: string }): string {
  const wrong = [
    page.isHeadlineRight === false ? `title "${read.title}" for "${expected.title}"` : '',
    page.isBylineRight === false ? `authors ${JSON.stringify(read.authors)} for "${expected.byline}"` : '',
    page.isDateRight === false ? `date ${read.date} for ${expected.publishedTime}` : '',
  ].filter((text) => text !== '');
  return `${name}: precision ${page.precision.toFixed(3)}, recall ${page.recall.toFixed(3)}; ${wrong.join('; ')}`;
}
