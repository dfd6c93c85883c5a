/** Writes a file of a build front to back in large pieces, with its size and CRC-32. */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const pieceBytes = 1 << 20;

export class FileWriter {
  readonly #handle: FileHandle;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #bytes = 0;
  #crc32 = 0;
  #isOpen = true;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Creates the file; fails where it exists. */
  static async create(path: string): Promise<FileWriter> {
    return new FileWriter(await open(path, 'wx'));
  }

  /** The bytes must not change until the next `await` of this writer is over. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#bytes += bytes.length;
    if (this.#pendingBytes >= pieceBytes) await this.#flush();
  }

  /** Writes what is left, makes it durable, and closes. */
  async finish(): Promise<{ readonly bytes: number; readonly crc32: number }> {
    await this.#flush();
    await this.#handle.sync();
    await this.abandon();
    return { bytes: this.#bytes, crc32: this.#crc32 };
  }

  /** Writes what is left and closes a file that need not outlive the build. */
  async finishForNow(): Promise<void> {
    await this.#flush();
    await this.abandon();
  }

  /** Closes without a result, after a failure; does nothing once closed. */
  async abandon(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    const piece = this.#pending.length === 1 ? (this.#pending[0] as Uint8Array) : Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#crc32 = crc32(piece, this.#crc32);
    for (let at = 0; at < piece.length; ) {
      const { bytesWritten } = await this.#handle.write(piece, at, piece.length - at);
      at += bytesWritten;
    }
  }
}
