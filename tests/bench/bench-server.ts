/** A really started server: the compiled program, on a free port of this machine, ended by its process id. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { HttpClient } from './http-client.ts';

const run = promisify(execFile);

export interface ServerOptions {
  readonly corpus: string;
  readonly data: string;
  /** Further flags of `lede serve`. */
  readonly flags: readonly string[];
  /** Whether it follows its corpus folder; not, where left out. */
  readonly isWatching?: boolean;
}

export class BenchServer {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** Starts it and waits until it answers and has nothing to build any more. */
  static async start(options: ServerOptions): Promise<BenchServer> {
    const main = path.join(import.meta.dirname, '..', '..', 'src', 'main.js');
    const flags = [`--corpus=${options.corpus}`, `--data=${options.data}`, '--host=127.0.0.1', '--port=0'];
    const child = spawn(
      process.execPath,
      [main, 'serve', ...flags, `--watch=${options.isWatching ? 'on' : 'off'}`, '--log-level=error', ...options.flags],
      // Settings of the environment would measure something else than what the flags say.
      { stdio: ['ignore', 'pipe', 'pipe'], env: withoutSettings(process.env) },
    );
    // Nothing may stay behind, however the bench ends.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.removeListener('exit', end));
    const server = new BenchServer(await readUrl(child), child);
    await server.#waitForBuilds();
    return server;
  }

  /** Resident memory of its process. */
  async residentBytes(): Promise<number> {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(this.#child.pid)]);
    return Number(stdout) * 1024;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(timer);
  }

  /** A server looks at its corpus when it starts; that must not run beside what is measured. */
  async #waitForBuilds(): Promise<void> {
    const client = new HttpClient(this.url);
    try {
      for (let isBuilding = true; isBuilding; ) {
        const { body } = await client.get('/api/v1/status');
        isBuilding = (JSON.parse(body) as { buildingSince: string | null }).buildingSince !== null;
        if (isBuilding) await wait(100);
      }
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      client.close();
    }
  }
}

const patienceMs = 15_000;

function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('LEDE_')));
}

/** The address that the server prints once it answers. */
function readUrl(child: ChildProcess): Promise<string> {
  let printed = '';
  let complaint = '';
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const url = /http:\/\/[\w.:[\]-]+/.exec(printed)?.[0];
      if (url !== undefined && printed.includes('\n')) resolve(url);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with exit code ${code}: ${complaint.trim()}`)));
  });
}
