/** The program's version, from its package.json. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const version: string = readVersion(import.meta.dirname);

/** Looks upwards: the sources lie one folder below the package, the compiled program two. */
function readVersion(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = versionIn(path.join(at, 'package.json'));
    if (found !== null) return found;
    if (at === path.dirname(at)) throw new Error(`no package.json above "${folder}": the installation is incomplete`);
  }
}

function versionIn(file: string): string | null {
  try {
    const { name, version: found } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
    return name === 'lede' && found !== undefined ? found : null;
  } catch {
    // Not here: go on upwards.
    return null;
  }
}
