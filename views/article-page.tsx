/**
 * The reader page: a whole article, each paragraph with an address of its own, the words of a query highlighted.
 * Plain text goes in; what kind of block a paragraph came from decides its element.
 */
import type { ArticleData, GuessedField, Paragraph } from '../src/domain/article.ts';
import type { Range } from '../src/domain/results.ts';
import { type Frame, Layout } from './layout.tsx';
import { Marked } from './marked.tsx';
import { outsideAddress } from './outside-link.ts';
import { QuickSearch } from './search-page.tsx';
import { countText, dayText, facetValueText } from './wording.ts';

export interface ArticlePageData {
  readonly article: ArticleData;
  readonly titleHighlights: readonly Range[];
  /** In reading order. */
  readonly paragraphs: readonly HighlightedParagraph[];
  /** The query whose words are highlighted; empty for none. */
  readonly query: string;
  /** The results that this article was opened from, as far as its address tells. */
  readonly resultsHref: string;
  /** The search page with one value of a facet chosen. */
  readonly facetHref: (facet: 'source' | 'author' | 'tag', value: string) => string;
  readonly canonical: string | null;
}

export interface HighlightedParagraph extends Paragraph {
  readonly highlights: readonly Range[];
}

export function ArticlePage({ frame, data }: { frame: Frame; data: ArticlePageData }) {
  const { article, query } = data;
  const title = article.title === '' ? article.path : article.title;
  const groups = groupParagraphs(data.paragraphs);
  const tables = groups.filter(({ kind }) => kind === 'row');
  const tableNumbers = new Map(tables.map((group, index) => [group, index + 1]));
  return (
    <Layout
      frame={frame}
      title={title}
      kind="reader"
      canonical={data.canonical}
      masthead={<QuickSearch query={query} />}
    >
      <main id="main" tabindex={-1}>
        <ReaderTools data={data} />
        <article class="story" lang={article.language ?? undefined}>
          <header>
            <Kicker data={data} />
            <h1 dir="auto">
              <Marked text={title} ranges={data.titleHighlights} />
            </h1>
            <Byline data={data} />
          </header>
          {groups.map((group) => (
            <Group group={group} tableNumber={tableNumbers.get(group) ?? 0} />
          ))}
        </article>
        <Colophon data={data} />
      </main>
    </Layout>
  );
}

/** The way back, and the way to the first paragraph that holds a word of the query. */
function ReaderTools({ data: { query, resultsHref, paragraphs } }: { data: ArticlePageData }) {
  const matches = paragraphs.filter((paragraph) => paragraph.highlights.length > 0);
  const first = matches[0];
  return (
    <p class="reader-tools">
      <a id="back" href={resultsHref}>
        ← {query === '' ? 'All articles' : 'Back to the results'}
      </a>
      {first !== undefined && (
        <a href={`#${anchorOf(first)}`}>
          {countText(matches.length, 'paragraph')} {matches.length === 1 ? 'matches' : 'match'} ↓
        </a>
      )}
    </p>
  );
}

function Kicker({ data: { article, facetHref } }: { data: ArticlePageData }) {
  if (article.source === null && article.date === null) return null;
  return (
    <p class="kicker">
      {article.source !== null && (
        <a class="source" href={facetHref('source', article.source)}>
          <bdi>{article.source}</bdi>
        </a>
      )}
      {article.date !== null && (
        <time datetime={article.date} lang="en">
          {dayText(article.date)}
        </time>
      )}
    </p>
  );
}

function Byline({ data: { article, facetHref } }: { data: ArticlePageData }) {
  if (article.authors.length === 0) return null;
  return (
    <p class="byline">
      <span lang="en">By </span>
      {article.authors.map((author, index) => (
        <>
          {index > 0 && ', '}
          <a href={facetHref('author', author)}>
            <bdi>{author}</bdi>
          </a>
        </>
      ))}
    </p>
  );
}

const guessedNames: Readonly<Record<GuessedField, string>> = {
  title: 'title',
  date: 'date',
  authors: 'authors',
  language: 'language',
};

/** Under the story: tags, where it comes from, and what of it was only inferred. */
function Colophon({ data: { article, facetHref } }: { data: ArticlePageData }) {
  const original = outsideAddress(article.url);
  return (
    <footer class="story-foot">
      {article.tags.length > 0 && (
        <ul class="chips" aria-label="Tags">
          {article.tags.map((tag) => (
            <li>
              <a class="chip" href={facetHref('tag', tag)}>
                <bdi>{tag}</bdi>
              </a>
            </li>
          ))}
        </ul>
      )}
      <dl class="facts">
        {original !== null && (
          <>
            <dt>Original</dt>
            <dd>
              <a href={original} rel="external noopener">
                {original}
              </a>
            </dd>
          </>
        )}
        {article.language !== null && (
          <>
            <dt>Language</dt>
            <dd>{facetValueText('language', article.language)}</dd>
          </>
        )}
        <dt>File</dt>
        <dd>
          <bdi>{article.path}</bdi>
        </dd>
        {article.guessed.length > 0 && (
          <>
            <dt>Guessed</dt>
            <dd>
              {article.guessed.map((field) => guessedNames[field]).join(', ')}: the file does not state it, so it was
              inferred from the text
            </dd>
          </>
        )}
      </dl>
    </footer>
  );
}

/** Paragraphs that make one element together: the items of a list, the rows of a table; else a single one. */
interface ParagraphGroup {
  readonly kind: Paragraph['kind'];
  /** The section heading that begins here, or null. */
  readonly heading: string | null;
  readonly paragraphs: readonly [HighlightedParagraph, ...HighlightedParagraph[]];
}

/** Reading order is kept. A heading is shown where it differs from the one before. */
export function groupParagraphs(paragraphs: readonly HighlightedParagraph[]): readonly ParagraphGroup[] {
  const groups: {
    kind: Paragraph['kind'];
    heading: string | null;
    paragraphs: [HighlightedParagraph, ...HighlightedParagraph[]];
  }[] = [];
  let heading: string | null = null;
  for (const paragraph of paragraphs) {
    const last = groups.at(-1);
    const isNewSection = paragraph.heading !== heading;
    const belongs = paragraph.kind === 'item' || paragraph.kind === 'row';
    if (last !== undefined && belongs && !isNewSection && last.kind === paragraph.kind) last.paragraphs.push(paragraph);
    else
      groups.push({ kind: paragraph.kind, heading: isNewSection ? paragraph.heading : null, paragraphs: [paragraph] });
    heading = paragraph.heading;
  }
  return groups;
}

interface GroupProperties {
  readonly group: ParagraphGroup;
  /** Which table of the article it is, from 1; 0 for what is none. */
  readonly tableNumber: number;
}

function Group({ group, tableNumber }: GroupProperties) {
  return (
    <>
      {group.heading !== null && <h2 dir="auto">{group.heading}</h2>}
      <Block group={group} tableNumber={tableNumber} />
    </>
  );
}

function Block({ group: { kind, paragraphs }, tableNumber }: GroupProperties) {
  const [first] = paragraphs;
  switch (kind) {
    case 'item':
      return (
        <ul class="block">
          {paragraphs.map((paragraph) => (
            <li id={anchorOf(paragraph)} class="para" dir="auto">
              <Text paragraph={paragraph} />
            </li>
          ))}
        </ul>
      );
    case 'row':
      return (
        // Scrolls by itself where it is wider than the screen, with keys as well.
        <section class="block table" aria-label={`Table ${tableNumber}`} tabindex={0}>
          <table>
            <tbody>
              {paragraphs.map((paragraph) => (
                <tr id={anchorOf(paragraph)} class="para" dir="auto">
                  {cutCells(paragraph).map((cell, index, cells) => (
                    <td>
                      <Marked text={cell.text} ranges={cell.ranges} />
                      {index === cells.length - 1 && <SelfLink paragraph={paragraph} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      );
    case 'quote':
      return (
        <blockquote id={anchorOf(first)} class="block para" dir="auto">
          <p>
            <Text paragraph={first} />
          </p>
        </blockquote>
      );
    case 'code':
      return (
        <div id={anchorOf(first)} class="block para code">
          <pre tabindex={0}>
            <code>
              <Marked text={first.text} ranges={first.highlights} />
            </code>
          </pre>
          <SelfLink paragraph={first} />
        </div>
      );
    case 'caption':
      return (
        <figure id={anchorOf(first)} class="block para" dir="auto">
          <figcaption>
            <Text paragraph={first} />
          </figcaption>
        </figure>
      );
    case 'text':
      return (
        <p id={anchorOf(first)} class="block para" dir="auto">
          <Text paragraph={first} />
        </p>
      );
  }
}

/** What stands between the cells of a row in its text. */
const cellSeparator = ' | ';

/** The cells of a table row, each with the highlights inside it. */
export function cutCells({ text, highlights }: HighlightedParagraph): readonly { text: string; ranges: Range[] }[] {
  let start = 0;
  return text.split(cellSeparator).map((cell) => {
    const begin = start;
    start += cell.length + cellSeparator.length;
    const inside = highlights.filter(([from, to]) => to > begin && from < begin + cell.length);
    return { text: cell, ranges: inside.map(([from, to]) => [Math.max(from - begin, 0), to - begin]) };
  });
}

function Text({ paragraph }: { paragraph: HighlightedParagraph }) {
  return (
    <>
      <Marked text={paragraph.text} ranges={paragraph.highlights} />
      <SelfLink paragraph={paragraph} />
    </>
  );
}

function SelfLink({ paragraph }: { paragraph: HighlightedParagraph }) {
  return (
    <a class="pilcrow" href={`#${anchorOf(paragraph)}`} aria-label="Link to this paragraph">
      ¶
    </a>
  );
}

/** The part of a paragraph's id that is unique in its article: `p-HASH`. */
function anchorOf(paragraph: Paragraph): string {
  return paragraph.id.slice(paragraph.id.lastIndexOf('#') + 1);
}
