/** Writes a file of lines in large pieces. */
import { type FileHandle, open } from 'node:fs/promises';

const bufferedLength = 1024 * 1024;

export class LineWriter {
  readonly #file: FileHandle;
  #lines: string[] = [];
  #length = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<LineWriter> {
    return new LineWriter(await open(path, 'w'));
  }

  async write(line: string): Promise<void> {
    this.#lines.push(line, '\n');
    this.#length += line.length;
    if (this.#length >= bufferedLength) await this.flush();
  }

  async flush(): Promise<void> {
    await this.#file.appendFile(this.#lines.join(''));
    this.#lines = [];
    this.#length = 0;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#file.close();
  }
}
