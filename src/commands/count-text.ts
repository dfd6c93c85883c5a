/** `1, 'article'` → "1 article"; the plural ends in s. Without separators, as programs read it as well. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
