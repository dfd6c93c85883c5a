/**
 * What site generators leave in their sources and would replace or drop on publishing: Liquid and Jinja tags
 * (`{% include x %}`), attribute lists of Kramdown (`{: .note}`), macro calls (`{{Sidebar("x")}}`).
 */

/** One tag or attribute list. Macro calls are none: their arguments are words of the sentence. */
const templateTag = /\{%[^%]{0,500}%\}|\{:(?:\s*[.#]|\s+\w|:|\/|[\w-]+=|toc)[^{}\n]{0,200}\}|\{#[\w-]{1,100}\}/;
const everyTemplateTag = new RegExp(templateTag, 'g');
const templateTagHere = new RegExp(templateTag, 'y');

/** Takes tags and attribute lists out of running text. */
export function stripTemplateTags(text: string): string {
  return text.includes('{') ? text.replace(everyTemplateTag, '') : text;
}

/** Length of the tag or attribute list that begins at `start`, 0 where none does. */
export function templateTagLength(text: string, start: number): number {
  templateTagHere.lastIndex = start;
  return templateTagHere.exec(text)?.[0].length ?? 0;
}

/** Whether a text is nothing but macro calls: a sidebar, a banner, an embedded example. */
export function isOnlyMacros(text: string): boolean {
  return text.startsWith('{{') && /^(?:\{\{[^{}]{1,500}\}\}\s*)+$/.test(text);
}
