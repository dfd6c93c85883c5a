import { describe, expect, it } from 'vitest';
import { ProgressPrinter, progressLine } from '../../../src/commands/print-progress.ts';

const halfway = { phase: 'reading', filesDone: 500, filesFound: 1000, paragraphs: 8000 } as const;

describe('the line of a build’s progress', () => {
  it.each([
    [halfway, 10_000, 'reading: 500 of 1000 files, 50 files and 800 paragraphs a second, 10 s left'],
    [{ ...halfway, filesFound: 60_500 }, 10_000, '50 files and 800 paragraphs a second, 20 min left'],
    [
      { ...halfway, filesDone: 0, paragraphs: 0 },
      10_000,
      'reading: 0 of 1000 files, 0 files and 0 paragraphs a second',
    ],
    [{ ...halfway, phase: 'merging', filesDone: 1000 }, 20_000, 'merging: 8000 paragraphs of 1000 files'],
  ] as const)('of %j after %i ms says %j', (progress, passedMs, expected) => {
    expect(progressLine(progress, passedMs)).toContain(expected);
  });
});

describe('a progress printer', () => {
  function open(isTTY: boolean) {
    const written: string[] = [];
    const clock = { ms: 0 };
    const output = { isTTY, write: (text: string) => written.push(text) };
    return { written, clock, printer: new ProgressPrinter(output, () => clock.ms) };
  }

  it('writes a line now and then, and one for a new phase', () => {
    const { written, clock, printer } = open(false);
    for (clock.ms = 0; clock.ms < 12_000; clock.ms += 100) printer.print(halfway);
    printer.print({ ...halfway, phase: 'merging' });
    printer.end();
    expect(written.map((line) => line.slice(0, 7))).toEqual(['reading', 'reading', 'reading', 'merging']);
    expect(written.every((line) => line.endsWith('\n'))).toBe(true);
  });

  it('writes over its own line on a terminal, and leaves it empty', () => {
    const { written, clock, printer } = open(true);
    clock.ms = 1500;
    printer.print(halfway);
    clock.ms = 1800;
    printer.print(halfway);
    printer.end();
    printer.end();
    expect(written).toHaveLength(3);
    expect(written.every((line) => line.startsWith('\r\x1b[K') && !line.includes('\n'))).toBe(true);
    expect(written[2]).toBe('\r\x1b[K');
  });

  it('says nothing of a build that takes less than a second', () => {
    const { written, clock, printer } = open(true);
    clock.ms = 900;
    printer.print({ ...halfway, phase: 'merging' });
    printer.end();
    expect(written).toEqual([]);
  });
});
