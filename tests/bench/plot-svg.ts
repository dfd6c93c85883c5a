/** Small line plots on logarithmic axes, side by side in one SVG. Knows nothing of what is plotted. */

export interface Series {
  readonly label: string;
  /** Positive numbers only; others are left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

const panelWidth = 340;
const panelHeight = 230;
const plotArea = { left: 52, top: 30, width: 270, height: 160 };
const columns = 2;
const legendLineHeight = 16;
const colours = ['#1f5f8b', '#c2410c', '#2f7d32', '#7b3fa0', '#b08900', '#0f8b8d', '#a3195b'];
const dashes = ['', '5 3', '1 3'];

/** `title` is read out where nothing is seen; `legend` names the series of all panels in their order. Panels of one series need none. */
export function plotSvg(title: string, panels: readonly Panel[], legend: readonly string[]): string {
  const rows = Math.ceil(panels.length / columns);
  const legendTop = rows * panelHeight + 12;
  const height = legendTop + Math.ceil(legend.length / columns) * legendLineHeight + 8;
  const width = columns * panelWidth;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...panels.map((panel, index) => plotPanel(panel, index)),
    ...legend.map((label, index) => plotLegend(label, index, legendTop)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function plotPanel({ title, series }: Panel, index: number): string {
  const points = series.flatMap((line) => positive(line.points));
  const x = openAxis(points.map(([value]) => value));
  const y = openAxis(points.map(([, value]) => value));
  const { left, top, width, height } = plotArea;
  const toX = (value: number) => round(left + x.place(value) * width);
  const toY = (value: number) => round(top + (1 - y.place(value)) * height);
  const grid = [
    ...x.ticks.map(
      (tick) =>
        `<path d="M${toX(tick)} ${top}v${height}" stroke="#e2e2e2"/>${tickText(tick, toX(tick), top + height + 14, 'middle')}`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<path d="M${left} ${toY(tick)}h${width}" stroke="#e2e2e2"/>${tickText(tick, left - 6, toY(tick) + 4, 'end')}`,
    ),
  ];
  const lines = series.map((line, number) => {
    const path = positive(line.points).map(([px, py]) => `${toX(px)} ${toY(py)}`);
    return path.length === 0
      ? ''
      : `<path d="M${path.join('L')}" fill="none" ${strokeOf(number)}><title>${escapeXml(line.label)}</title></path>`;
  });
  const place = `translate(${(index % columns) * panelWidth} ${Math.floor(index / columns) * panelHeight})`;
  const heading = `<text x="${left}" y="${top - 12}" font-weight="600" fill="#222222">${escapeXml(title)}</text>`;
  return `<g transform="${place}">\n${[heading, ...grid, ...lines].filter((part) => part !== '').join('\n')}\n</g>`;
}

function plotLegend(label: string, index: number, top: number): string {
  const x = plotArea.left + (index % columns) * panelWidth;
  const y = top + Math.floor(index / columns) * legendLineHeight;
  return `<path d="M${x} ${y}h24" fill="none" ${strokeOf(index)}/><text x="${x + 32}" y="${y + 4}" fill="#222222">${escapeXml(label)}</text>`;
}

function strokeOf(series: number): string {
  const dash = dashes[Math.floor(series / colours.length) % dashes.length];
  const dashing = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `stroke="${colours[series % colours.length]}" stroke-width="1.8"${dashing}`;
}

function tickText(value: number, x: number, y: number, anchor: 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#555555">${shorten(value)}</text>`;
}

/** `1000` → `1k`, `2500000` → `2.5M`. */
function shorten(value: number): string {
  if (value >= 1_000_000) return `${round(value / 1_000_000)}M`;
  return value >= 1000 ? `${round(value / 1000)}k` : String(Number(value.toPrecision(3)));
}

interface Axis {
  /** Where a value stands, 0 at the beginning of the axis and 1 at its end. */
  place(value: number): number;
  readonly ticks: readonly number[];
}

/** From the power of ten, or its double or fivefold, below the least value to the one above the greatest. */
function openAxis(values: readonly number[]): Axis {
  const steps = stepsAround(Math.min(...values, Number.MAX_VALUE), Math.max(...values, Number.MIN_VALUE));
  const first = Math.log(steps[0] ?? 1);
  const last = Math.log(steps.at(-1) ?? 10);
  const ticks = steps.length <= 6 ? steps : steps.filter((step) => /^1(?:0*|e.*)$|^0?\.0*1$/.test(String(step)));
  return { place: (value) => (Math.log(value) - first) / (last - first), ticks };
}

function stepsAround(least: number, greatest: number): number[] {
  if (least > greatest) return [1, 10];
  const steps: number[] = [];
  for (let exponent = Math.floor(Math.log10(least)) - 1; ; exponent++) {
    for (const factor of [1, 2, 5]) {
      const step = Number(`${factor}e${exponent}`);
      if (step <= least) steps.length = 0;
      steps.push(step);
      if (step >= greatest && steps.length > 1) return steps;
    }
  }
}

function positive(points: Series['points']): Series['points'] {
  return points.filter(([x, y]) => x > 0 && y > 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
