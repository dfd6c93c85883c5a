/** All that one call of the bench found out, as its JSON file has it. Times in milliseconds, sizes in bytes. */
import type { LedeMeasure } from './measure-lede.ts';
import type { PeerMeasure } from './measure-peers.ts';
import type { ScaleMeasure } from './measure-scale.ts';

export interface BenchReport {
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly platform: string;
    readonly node: string;
  };
  /** Null where growth was measured instead, as are `lede`, `runs` and `peers` empty. */
  readonly corpus: {
    readonly articles: number;
    readonly paragraphs: number;
    /** How often the sources were repeated with changed words. */
    readonly copies: number;
    readonly seed: number;
    /** Distinct words of letters only. */
    readonly words: number;
  } | null;
  /** Medians of the runs. */
  readonly lede: LedeMeasure | null;
  readonly runs: readonly LedeMeasure[];
  readonly peers: readonly PeerMeasure[];
  readonly scale: readonly ScaleMeasure[];
}
