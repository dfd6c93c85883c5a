/**
 * The compiled program as its users have it: a process of its own in a temporary folder, which answers over a socket.
 * Everything that was started or made here is ended and removed by `endPrograms`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import type { ServiceStatus } from '../../src/domain/service-status.ts';

export const mainFile = path.resolve(import.meta.dirname, '../../dist/src/main.js');

/** Long enough for a machine that is busy with other things: no test is to fail of slowness. */
const patienceMs = 60_000;
vi.setConfig({ testTimeout: 2 * patienceMs, hookTimeout: 2 * patienceMs });

const children = new Set<ChildProcess>();
const strangers = new Set<number>();
const folders = new Set<string>();
const agent = new Agent({ keepAlive: true });

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const pid of strangers) sendSignal(pid, 'SIGKILL');
});

/** Ends all processes that still run, and removes all folders. For `afterEach` or `afterAll`. */
export async function endPrograms(): Promise<void> {
  agent.destroy();
  for (const pid of strangers) sendSignal(pid, 'SIGKILL');
  strangers.clear();
  await Promise.all([...children].map(endChild));
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folders.clear();
}

/** First with a signal on which a service takes its build along, then with one that nothing withstands. */
async function endChild(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  if (!children.has(child)) return;
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(insist);
}

/** Has a process ended with the others that `startLede` did not start itself. */
export function rememberProcess(pid: number): void {
  strangers.add(pid);
}

/** Sends a signal, if the process is still there. */
export function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A working folder for the program, with `corpus/` in it. */
export interface Place {
  readonly folder: string;
  readonly corpus: string;
  readonly data: string;
}

/** `files` are the contents by path inside the corpus; paths may have folders. */
export async function makePlace(files: Readonly<Record<string, string | Uint8Array>>): Promise<Place> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lede-journey-'));
  folders.add(folder);
  const place = { folder, corpus: path.join(folder, 'corpus'), data: path.join(folder, '.lede') };
  await mkdir(place.corpus);
  for (const [name, content] of Object.entries(files)) await writeArticle(place, name, content);
  return place;
}

/** Writes a file of the corpus, with the folders above it. */
export async function writeArticle(place: Place, name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(place.corpus, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly folder: string;
  /** Environment variables beside those of the system; settings of whoever runs the tests are left out. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Stands in front of the command line, and runs it. */
  readonly wrapper?: readonly [program: string, ...parameters: string[]];
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The exit, once the process is through. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Starts `lede PARAMETERS…`. */
export function startLede(parameters: readonly string[], { folder, environment, wrapper }: StartOptions): Running {
  if (!existsSync(mainFile)) throw new Error(`"${mainFile}" is missing: run "npm run build" first`);
  const [program, ...rest] = [...(wrapper ?? []), process.execPath, mainFile, ...parameters] as [string, ...string[]];
  const child = spawn(program, rest, {
    cwd: folder,
    env: { ...systemEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);
  const end = (signal: NodeJS.Signals) => {
    kill(signal);
    return ended;
  };
  return { pid: child.pid ?? 0, ended, stdout: () => stdout, stderr: () => stderr, end, kill };
}

/** Runs `lede PARAMETERS…` to its end. */
export function runLede(parameters: readonly string[], options: StartOptions): Promise<Ended> {
  return startLede(parameters, options).ended;
}

function systemEnvironment(): NodeJS.ProcessEnv {
  const isOurs = ([name]: [string, unknown]) => !/^(?:LEDE_|VITEST|NODE_OPTIONS$)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(isOurs));
}

export interface Service extends Running {
  readonly url: string;
  readonly get: (address: string, options?: RequestOptions) => Promise<Answer>;
  readonly status: () => Promise<ServiceStatus>;
}

/** Starts `lede serve` in the place, and waits for the line that it prints once it answers. */
export async function startService(
  place: Place,
  parameters: readonly string[] = [],
  options: Omit<StartOptions, 'folder'> = {},
): Promise<Service> {
  const serve = ['serve', '--port=0', '--log-level=error', ...parameters];
  const running = startLede(serve, { folder: place.folder, ...options });
  return serviceAt(await firstUrl(running, running.stdout), running);
}

/** Starts `lede serve`, and waits only until it listens, which it does before it has anything to answer from. */
export async function startListening(place: Place, parameters: readonly string[] = []): Promise<Service> {
  const running = startLede(['serve', '--port=0', ...parameters], { folder: place.folder });
  return serviceAt(await firstUrl(running, running.stderr), running);
}

function firstUrl(running: Running, output: () => string): Promise<string> {
  let end: Ended | null = null;
  running.ended.then((ended) => {
    end = ended;
  });
  return waitFor('the address of the service', async () => {
    if (end !== null) throw new Error(`the program ended before it answered: ${JSON.stringify(end)}`);
    return /http:\/\/[\d.]+:\d+/.exec(output())?.[0] ?? null;
  });
}

function serviceAt(url: string, running: Running): Service {
  const ask = (address: string, options?: RequestOptions) => get(url + address, options);
  return { ...running, url, get: ask, status: async () => (await ask('/api/v1/status')).json<ServiceStatus>() };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: <T>() => T;
}

/** One request, over connections that are kept for the next ones. */
export function get(url: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Asks again and again until there is an answer; fails after a long time, with what was waited for. */
export async function waitFor<T>(what: string, ask: () => Promise<T | null | false>): Promise<T> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > endMs) throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`);
    await sleep(40);
  }
}

export interface Asking {
  readonly answers: () => number;
  /** Ends the requests; the failures among them, each with its address. */
  readonly stop: () => Promise<{ readonly answers: number; readonly failures: readonly string[] }>;
}

/** Requests the addresses over and over, to see that they are answered whatever happens meanwhile. */
export function keepAsking({ get: ask }: Service, addresses: readonly string[]): Asking {
  const failures: string[] = [];
  let answers = 0;
  let isAsking = true;
  const visit = async (address: string) => {
    while (isAsking) {
      const answer = await ask(address).catch((error: Error) => ({ status: 0, text: error.message }));
      answers++;
      if (answer.status !== 200) failures.push(`${address}: ${answer.status} ${answer.text}`);
      await sleep(30);
    }
  };
  const visits = addresses.map(visit);
  const stop = async () => {
    isAsking = false;
    await Promise.all(visits);
    return { answers, failures };
  };
  return { answers: () => answers, stop };
}
