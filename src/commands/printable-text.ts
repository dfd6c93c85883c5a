/** Text of the corpus for a terminal, which it must not control: no colours, no bells, no lines of its own. */
export function printableText(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
