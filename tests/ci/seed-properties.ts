/**
 * Runs before each file of tests: every property draws from the seed of the run. A property that fails prints this seed
 * and the path to its counter-example; `PROPERTY_SEED=SEED npx vitest run FILE` draws the same values again.
 */
import fc from 'fast-check';
import { readPropertySeed } from './property-seed.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: readPropertySeed(process.env.PROPERTY_SEED) });
