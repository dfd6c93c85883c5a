import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { plotSvg } from './plot-svg.ts';

const doubling = [
  [1000, 2],
  [2000, 4],
  [4000, 8],
] as const;

describe('plotSvg', () => {
  it('draws a line of equal steps for a cost that doubles with its size', () => {
    const svg = plotSvg('costs', [{ title: 'build', series: [{ label: 'build', points: doubling }] }], []);
    const [a, b, c] = pointsOf(svg);
    expect(b?.x).toBeCloseTo(((a?.x ?? 0) + (c?.x ?? 0)) / 2, 0);
    expect(b?.y).toBeCloseTo(((a?.y ?? 0) + (c?.y ?? 0)) / 2, 0);
    expect(a?.y).toBeGreaterThan(c?.y ?? Number.NaN);
  });

  it('stays inside its area', () => {
    const points = [
      [31_250, 0.034],
      [1_000_000, 978],
    ] as const;
    const svg = plotSvg('costs', [{ title: 'p99', series: [{ label: 'p99', points }] }], []);
    for (const { x, y } of pointsOf(svg)) {
      expect(x).toBeGreaterThanOrEqual(52);
      expect(x).toBeLessThanOrEqual(322);
      expect(y).toBeGreaterThanOrEqual(30);
      expect(y).toBeLessThanOrEqual(190);
    }
  });

  it('leaves out what has no logarithm, and draws a panel without any points', () => {
    const points = [
      [1000, 0],
      [2000, 5],
    ] as const;
    const panels = [
      { title: 'one', series: [{ label: 'one', points }] },
      { title: 'none', series: [] },
    ];
    expect(pointsOf(plotSvg('costs', panels, []))).toHaveLength(1);
    expect(plotSvg('costs', panels, [])).not.toMatch(/NaN|Infinity/);
  });

  it('names itself and the series, escaped, and is well-formed', () => {
    const svg = plotSvg('a > b', [{ title: 'a < b', series: [{ label: '"x" & y', points: doubling }] }], ['"x" & y']);
    expect(svg).toContain('<title>a &gt; b</title>');
    expect(svg).toContain('a &lt; b');
    expect(svg).toContain('&quot;x&quot; &amp; y');
    expect(parseFragment(svg).childNodes.map(({ nodeName }) => nodeName)).toEqual(['svg', '#text']);
  });
});

/** The points of the first line. */
function pointsOf(svg: string): { x: number; y: number }[] {
  const path = /<path d="M([\d.]+ [\d.]+(?:L[\d.]+ [\d.]+)*)" fill="none"/.exec(svg)?.[1] ?? '';
  return path.split('L').map((point) => {
    const [x = Number.NaN, y = Number.NaN] = point.split(' ').map(Number);
    return { x, y };
  });
}
