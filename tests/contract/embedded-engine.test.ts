/** The engine on a snapshot, built by the program itself from a folder of files. */
import { withEmbedded } from './open-embedded.ts';
import { describeSearchEngine } from './search-engine-contract.ts';

describeSearchEngine('the embedded engine', withEmbedded);
