/** The growth of costs → its plot: what a build costs, what an index takes, and how long each class of query needs. */
import type { ScaleMeasure } from './measure-scale.ts';
import type { ClassMeasure } from './measures.ts';
import { type Panel, plotSvg, type Series } from './plot-svg.ts';
import { queryClasses } from './query-classes.ts';

const megabyte = 1_000_000;

export function plotScale(scale: readonly ScaleMeasure[]): string {
  const single = (title: string, read: (measure: ScaleMeasure) => number): Panel => ({
    title,
    series: [{ label: title, points: scale.map((measure) => [measure.build.paragraphs, read(measure)] as const) }],
  });
  const classes = (title: string, read: (measure: ClassMeasure) => number): Panel => ({
    title,
    series: queryClasses.map(
      ({ name, label }): Series => ({
        label,
        points: scale.flatMap(({ build, rank }) => {
          const measure = rank.classes[name];
          return measure === undefined ? [] : [[build.paragraphs, read(measure)] as const];
        }),
      }),
    ),
  });
  const panels = [
    single('build, seconds by paragraphs', ({ build }) => build.tookMs / 1000),
    single('peak memory of the build, MB', ({ build }) => build.peakMemoryBytes / megabyte),
    single('index without texts, MB', ({ bytes }) => bytes.index / megabyte),
    single('open to first answer, ms', ({ open }) => open.warm.toFirstAnswerMs),
    classes('queries, p50 in ms', ({ p50Ms }) => p50Ms),
    classes('queries, p99 in ms', ({ p99Ms }) => p99Ms),
  ];
  return plotSvg(
    'Costs of builds and queries by the number of paragraphs',
    panels,
    queryClasses.map(({ label }) => label),
  );
}
