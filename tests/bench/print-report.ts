/** A report → the tables that are printed, in Markdown, so that they can go into a document as they are. */
import type { MeasuresByClass } from './ask-queries.ts';
import type { BenchReport } from './bench-report.ts';
import type { LedeMeasure } from './measure-lede.ts';
import type { OpenMeasure } from './measure-open.ts';
import type { PeerMeasure } from './measure-peers.ts';
import type { ScaleMeasure } from './measure-scale.ts';
import type { ClassMeasure } from './measures.ts';
import { printMegabytes, printNumber, printRatio, printSeconds, printTable, withCommas } from './print-table.ts';
import { classNames, type QueryClass, queryClasses } from './query-classes.ts';

export function printReport(report: BenchReport): string {
  const { lede, peers, scale } = report;
  const parts = [
    printFacts(report),
    ...(lede === null ? [] : [printCosts(lede), printLatencies(lede), printBytes(lede)]),
    ...(lede === null || peers.length === 0 ? [] : [printPeers(lede, peers), printPeerNotes(peers)]),
    ...(scale.length === 0 ? [] : [printScale(scale)]),
  ];
  return `${parts.join('\n')}`;
}

function printFacts({ command, at, machine, corpus, runs }: BenchReport): string {
  const { cpu, cores, memoryBytes, node, platform } = machine;
  const lines = [
    `\`${command}\``,
    '',
    `${at.slice(0, 10)}, ${cores} × ${cpu}, ${printMegabytes(memoryBytes)}, ${platform}, Node ${node}`,
  ];
  if (corpus !== null) {
    const { paragraphs, articles, words, copies, seed } = corpus;
    const repeated = copies === 0 ? '' : `, the corpora and ${copies} times again with changed words`;
    lines.push(
      `${withCommas(paragraphs)} paragraphs of ${withCommas(articles)} articles, ${withCommas(words)} words${repeated}; ` +
        `seed ${seed}, medians of ${runs.length} runs`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function printCosts({ build, bytes, open, rank, server, changes }: LedeMeasure): string {
  const rows = [
    ['build', `${printSeconds(build.tookMs)}, ${printNumber(build.paragraphsPerSecond)} paragraphs/s`],
    ['peak memory of the build', printMegabytes(build.peakMemoryBytes)],
    ['files read with a problem', withCommas(build.problems)],
    ['index, without texts', printMegabytes(bytes.index)],
    ['texts', printMegabytes(bytes.texts)],
    [
      'open to first answer, cold',
      open.cold === null ? 'not measured: the page cache could not be emptied' : printOpen(open.cold),
    ],
    ['open to first answer, warm', printOpen(open.warm)],
    ['memory, opened in a process', printMegabytes(rank.openedBytes)],
    ['memory of the server, ready', printMegabytes(server.openedBytes)],
    [`… after ${withCommas(server.askedRequests)} requests`, printMegabytes(server.askedBytes)],
    [
      'mixed load',
      `${printNumber(server.load.perSecond)} requests/s, p50 ${printNumber(server.load.p50Ms)}, p99 ${printNumber(server.load.p99Ms)} ms`,
    ],
    ['answers cut short by time', withCommas(server.partialAnswers)],
  ];
  if (changes !== null) {
    rows.push(
      [
        `changed file visible (${changes.seen})`,
        `p50 ${printNumber(changes.visibleP50Ms)}, p95 ${printNumber(changes.visibleP95Ms)} ms`,
      ],
      [
        'p99 of searches, before and meanwhile',
        `${printNumber(changes.quietP99Ms)}, ${printNumber(changes.busyP99Ms)} ms`,
      ],
    );
  }
  return printTable(['Lede', 'measured'], rows);
}

function printOpen({ toFirstAnswerMs, openMs, firstAnswerMs }: OpenMeasure): string {
  return `${printSeconds(toFirstAnswerMs)} (${printNumber(openMs)} + ${printNumber(firstAnswerMs)} ms)`;
}

/** Per class three times p50 / p95 / p99 in milliseconds and queries a second. */
function printLatencies({ rank, search, server }: LedeMeasure): string {
  const header = ['class of query (ms: p50 / p95 / p99)', 'n', 'engine', '/s', 'with snippets', '/s', 'HTTP', '/s'];
  const rows = queryClasses.map(({ name, label }) => [
    label,
    String(rank.classes[name]?.queries ?? 0),
    ...[rank.classes, search.classes, server.classes].flatMap((classes) => printClass(classes[name])),
  ]);
  return printTable(header, rows);
}

function printClass(measure: ClassMeasure | undefined): string[] {
  if (measure === undefined) return ['–', '–'];
  const { p50Ms, p95Ms, p99Ms, perSecond } = measure;
  return [[p50Ms, p95Ms, p99Ms].map(printNumber).join(' / '), printNumber(perSecond)];
}

function printBytes({ bytes, build }: LedeMeasure): string {
  const printRow = (name: string, size: number) => [name, printMegabytes(size), printNumber(size / build.paragraphs)];
  const rows = bytes.files.flatMap((file) => {
    const sections = file.sections.toSorted((a, b) => b.bytes - a.bytes);
    const small = sections.filter((section) => section.bytes < file.bytes * shownShare);
    const large = sections.slice(0, sections.length - small.length);
    const rest = small.reduce((sum, section) => sum + section.bytes, 0);
    return [
      printRow(`**${file.name}**`, file.bytes),
      ...large.map((section) => printRow(section.name, section.bytes)),
      ...(small.length === 0 ? [] : [printRow(`${small.length} smaller ones`, rest)]),
    ];
  });
  return printTable(['file, section', 'size', 'bytes per paragraph'], rows);
}

/** Sections below this share of their file are shown together; the JSON file has them all. */
const shownShare = 0.01;

function printPeers(lede: LedeMeasure, peers: readonly PeerMeasure[]): string {
  const header = ['(× as much as Lede)', 'Lede', ...peers.map(({ label, version }) => `${label} ${version}`)];
  const cost = (
    name: string,
    base: number,
    read: (peer: PeerMeasure) => number | null,
    print: (value: number) => string,
  ) => [name, print(base), ...peers.map((peer) => printCost(read(peer), base, print))];
  const costs = [
    cost('build', lede.build.tookMs, ({ buildMs }) => buildMs, printSeconds),
    cost(
      'peak memory of the build',
      lede.build.peakMemoryBytes,
      ({ buildPeakBytes }) => buildPeakBytes,
      printMegabytes,
    ),
    cost('on disk', lede.bytes.index + lede.bytes.texts, ({ savedBytes }) => savedBytes, printMegabytes),
    cost(
      'open to first answer',
      lede.open.warm.toFirstAnswerMs,
      ({ toFirstAnswerMs }) => toFirstAnswerMs,
      printSeconds,
    ),
    cost('memory, opened', lede.rank.openedBytes, ({ openedBytes }) => openedBytes, printMegabytes),
    cost('memory, after queries', lede.rank.askedBytes, ({ askedBytes }) => askedBytes, printMegabytes),
  ];
  const classes = queryClasses.map(({ name, label }) => [
    `${label}, p50 / p99 ms`,
    printPair(lede.rank.classes[name]),
    ...peers.map((peer) => printAgainst(peer.classes[name], lede.rank.classes[name])),
  ]);
  return printTable(header, [...costs, ...classes]);
}

function printCost(value: number | null, base: number, print: (value: number) => string): string {
  return value === null ? '–' : `${print(value)} (${printRatio(value, base)})`;
}

function printPair(measure: ClassMeasure | undefined): string {
  return measure === undefined ? '–' : `${printNumber(measure.p50Ms)} / ${printNumber(measure.p99Ms)}`;
}

function printAgainst(measure: ClassMeasure | undefined, base: ClassMeasure | undefined): string {
  if (measure === undefined || base === undefined) return printPair(measure);
  return `${printPair(measure)} (${printRatio(measure.p50Ms, base.p50Ms)}, ${printRatio(measure.p99Ms, base.p99Ms)})`;
}

/** Why a cell is empty, and what to know about a peer's figures. */
function printPeerNotes(peers: readonly PeerMeasure[]): string {
  const notes = peers.flatMap(({ label, remark, cannot, failures, classes }) => [
    `- ${label}: ${remark}`,
    ...groupReasons(cannot).map(([reason, names]) => `  - – ${names.map(labelOf).join(', ')}: ${reason}`),
    ...failures.map((failure) => `  - failed: ${failure}`),
    ...fewAnswers(classes).map((line) => `  - ${line}`),
  ]);
  return `${notes.join('\n')}\n`;
}

function groupReasons(cannot: PeerMeasure['cannot']): [string, QueryClass[]][] {
  const groups = new Map<string, QueryClass[]>();
  for (const name of classNames) {
    const reason = cannot[name];
    if (reason !== undefined) groups.set(reason, [...(groups.get(reason) ?? []), name]);
  }
  return [...groups];
}

/** An engine that finds nothing is fast; queries are drawn so that nearly all have an answer. */
function fewAnswers(classes: MeasuresByClass): string[] {
  return classNames.flatMap((name) => {
    const share = classes[name]?.answeredShare ?? 1;
    return share >= 0.5 ? [] : [`${labelOf(name)}: only ${Math.round(share * 100)} % of the queries found anything`];
  });
}

function labelOf(name: QueryClass): string {
  return queryClasses.find((definition) => definition.name === name)?.label ?? name;
}

/** Each size with how much its figures grew since the size before. */
function printScale(scale: readonly ScaleMeasure[]): string {
  const costs: readonly [string, (measure: ScaleMeasure) => number, (value: number) => string][] = [
    ['words', ({ build }) => build.terms, (value) => withCommas(value)],
    ['build', ({ build }) => build.tookMs, printSeconds],
    ['peak memory of the build', ({ build }) => build.peakMemoryBytes, printMegabytes],
    ['index, without texts', ({ bytes }) => bytes.index, printMegabytes],
    ['texts', ({ bytes }) => bytes.texts, printMegabytes],
    ['open to first answer, warm', ({ open }) => open.warm.toFirstAnswerMs, printSeconds],
    ['memory, opened', ({ rank }) => rank.openedBytes, printMegabytes],
    ['memory, after queries', ({ rank }) => rank.askedBytes, printMegabytes],
  ];
  const printGrowth = (value: number, index: number, before: number | undefined, print: (value: number) => string) =>
    index === 0 || before === undefined ? print(value) : `${print(value)} (${printRatio(value, before)})`;
  const rows = costs.map(([name, read, print]) => [
    name,
    ...scale.map((measure, index) => printGrowth(read(measure), index, scale.slice(index - 1).map(read)[0], print)),
  ]);
  const classes = queryClasses.map(({ name, label }) => [
    `${label}, p50 / p99 ms`,
    ...scale.map((measure) => printPair(measure.rank.classes[name])),
  ]);
  const copies = ['copies with changed words', ...scale.map((measure) => String(measure.copies))];
  return printTable(
    ['paragraphs', ...scale.map(({ build }) => withCommas(build.paragraphs))],
    [copies, ...rows, ...classes],
  );
}
