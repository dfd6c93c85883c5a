/**
 * An article → a Markdown file that reads back as the same paragraphs. The measured corpus is written in one format,
 * whatever the formats it comes from, so that builds of different corpora compare.
 */

import type { PreparedArticle } from '../../index-build/prepare-article.ts';
import type { Paragraph } from '../../src/domain/article.ts';

export function printMarkdown({ data, paragraphs }: PreparedArticle): string {
  const lines = ['---', ...frontMatter(data), '---', ''];
  let heading: string | null = null;
  for (const paragraph of paragraphs) {
    if (paragraph.heading !== null && paragraph.heading !== heading)
      lines.push(`## ${escapeText(paragraph.heading)}`, '');
    heading = paragraph.heading;
    lines.push(printParagraph(paragraph), '');
  }
  return lines.join('\n');
}

function frontMatter(data: PreparedArticle['data']): string[] {
  const { title, date, source, url, language, authors, tags } = data;
  const single = Object.entries({ title, date, source, url, language }).filter(([, value]) => value !== null);
  const several = Object.entries({ authors, tags }).filter(([, values]) => values.length > 0);
  return [...single, ...several].map(([name, value]) => `${name}: ${toYaml(value)}`);
}

/** JSON is YAML; readers of front matter decode entities in its values. */
function toYaml(value: unknown): string {
  return JSON.stringify(value).replaceAll('&', '&amp;');
}

function printParagraph({ kind, text }: Paragraph): string {
  switch (kind) {
    case 'code':
      return fence(text);
    case 'quote':
      return `> ${escapeText(text)}`;
    case 'text':
      return escapeText(text);
    default:
      // Rows and captions as items too: a reader takes neither a lone row nor a lone caption for what it was.
      return `- ${escapeText(text)}`;
  }
}

/** Longer than any run of the same sign inside. */
function fence(code: string): string {
  const longest = Math.max(2, ...(code.match(/~+/g) ?? []).map((run) => run.length));
  const mark = '~'.repeat(longest + 1);
  return `${mark}\n${code}\n${mark}`;
}

/** Takes the meaning off the signs of Markdown, HTML and template tags, inside a line and at its beginning. */
function escapeText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>&~{}|!#]/g, '\\$&')
    .replace(/^(?:[-+=]|\d+(?=[.)]))/, escapeStart);
}

/** Behind a number the dot is what would open a list, and it comes next. */
function escapeStart(start: string): string {
  return /\d/.test(start) ? `${start}\\` : `\\${start}`;
}
