/** The peers by name: where each stands, and the exact packages that are measured. */
import type { LoadPackage, Peer } from './peer.ts';

interface PeerDefinition {
  readonly name: string;
  /** As in the table. */
  readonly label: string;
  readonly package: string;
  readonly version: string;
  /** Whether it runs on the Node that is installed with the peers, instead of the one that runs the bench. */
  readonly needsOwnNode: boolean;
  readonly open: (load: LoadPackage) => Promise<Peer>;
}

/** A Node as npm ships it, for `node:sqlite`. */
const nodePackage = { package: `node-${process.platform}-${process.arch}`, version: '24.21.0' };

export const peerDefinitions = [
  {
    name: 'minisearch',
    label: 'MiniSearch',
    package: 'minisearch',
    version: '7.2.0',
    needsOwnNode: false,
    open: async (load) => (await import('./minisearch.ts')).openMiniSearch(load),
  },
  {
    name: 'orama',
    label: 'Orama',
    package: '@orama/orama',
    version: '3.1.18',
    needsOwnNode: false,
    open: async (load) => (await import('./orama.ts')).openOrama(load),
  },
  {
    name: 'flexsearch',
    label: 'FlexSearch',
    package: 'flexsearch',
    version: '0.8.212',
    needsOwnNode: false,
    open: async (load) => (await import('./flexsearch.ts')).openFlexSearch(load),
  },
  {
    name: 'lunr',
    label: 'lunr',
    package: 'lunr',
    version: '2.3.9',
    needsOwnNode: false,
    open: async (load) => (await import('./lunr.ts')).openLunr(load),
  },
  {
    name: 'fts5',
    label: 'SQLite FTS5, Node',
    ...nodePackage,
    needsOwnNode: true,
    open: async () => (await import('./sqlite-fts5.ts')).openSqlite(),
  },
] as const satisfies readonly PeerDefinition[];

export type PeerName = (typeof peerDefinitions)[number]['name'];

export const peerNames: readonly PeerName[] = peerDefinitions.map(({ name }) => name);

export function peerNamed(name: PeerName): PeerDefinition {
  return peerDefinitions.find((definition) => definition.name === name) as PeerDefinition;
}
