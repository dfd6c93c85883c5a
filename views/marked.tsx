/** A text with its highlights. Ranges go in, elements come out: no string is ever cut by markers in it. */
import type { Range } from '../src/domain/results.ts';

interface Stretch {
  readonly text: string;
  readonly isMarked: boolean;
}

export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return <>{cutAtRanges(text, ranges).map(({ text, isMarked }) => (isMarked ? <mark>{text}</mark> : text))}</>;
}

/** Cuts a text at its ranges. Ranges that leave the text, overlap or run backwards lose that part of themselves. */
export function cutAtRanges(text: string, ranges: readonly Range[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let position = 0;
  for (const [start, end] of ranges) {
    const from = Math.max(start, position);
    const to = Math.min(end, text.length);
    if (!(from < to)) continue;
    if (from > position) stretches.push({ text: text.slice(position, from), isMarked: false });
    stretches.push({ text: text.slice(from, to), isMarked: true });
    position = to;
  }
  if (position < text.length) stretches.push({ text: text.slice(position), isMarked: false });
  return stretches;
}
