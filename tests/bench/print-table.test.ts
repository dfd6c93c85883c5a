import { describe, expect, it } from 'vitest';
import { printMegabytes, printNumber, printRatio, printSeconds, printTable } from './print-table.ts';

describe('printTable', () => {
  it('aligns the first column left and the others right', () => {
    expect(
      printTable(
        ['what', 'a', 'b'],
        [
          ['build', '1', '22.5'],
          ['x', '300'],
        ],
      ),
    ).toBe(
      [
        '| what  |   a |    b |', //
        '| ----- | --: | ---: |',
        '| build |   1 | 22.5 |',
        '| x     | 300 |      |',
        '',
      ].join('\n'),
    );
  });

  it('keeps bars and line ends from breaking a row', () => {
    expect(printTable(['a'], [['x | y\nz']])).toContain('| x \\| y z |');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0.000'],
    [0.1234, '0.123'],
    [1.239, '1.24'],
    [12.34, '12.3'],
    [123.4, '123'],
    [1_234_567, '1,234,567'],
  ])('prints %d as %s', (value, expected) => {
    expect(printNumber(value)).toBe(expected);
  });

  it.each([
    [100, 10, '10×'],
    [15, 10, '1.5×'],
    [99.9, 10, '10×'],
    [12_000, 1, '12,000×'],
    [5, 10, '0.5×'],
    [1, 30, '0.03×'],
    [1, 1, '1.0×'],
    [0, 10, '0×'],
    [1, 0, '–'],
  ])('prints %d beside %d as %s', (value, base, expected) => {
    expect(printRatio(value, base)).toBe(expected);
  });

  it('prints times and sizes with their units', () => {
    expect(printSeconds(1500)).toBe('1.50 s');
    expect(printMegabytes(25_000_000)).toBe('25.0 MB');
  });
});
