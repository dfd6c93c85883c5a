/** The best of many by key, without sorting the rest: a heap of as many as are wanted, the worst at its root. */

/**
 * The `limit` numbers with the greatest keys, greatest first; equal keys by number, ascending. `numbers` ascend, and the
 * first of `keys` stand beside them; there may be more.
 */
export function topByKey(numbers: Uint32Array, keys: Float64Array, limit: number): Uint32Array {
  const size = Math.min(limit, numbers.length);
  // Places in `numbers`; since these ascend, a greater place is the worse of two with equal keys.
  const heap = new Uint32Array(size);
  const isWorse = (a: number, b: number): boolean => {
    const left = keys[a] as number;
    const right = keys[b] as number;
    return left === right ? a > b : left < right;
  };
  const sink = (from: number): void => {
    const place = heap[from] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && isWorse(heap[child + 1] as number, heap[child] as number)) child++;
      if (!isWorse(heap[child] as number, place)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = place;
  };
  if (size === 0) return heap;
  for (let i = 0; i < size; i++) heap[i] = i;
  for (let i = size >>> 1; i >= 0; i--) sink(i);
  for (let i = size; i < numbers.length; i++) {
    if (isWorse(i, heap[0] as number)) continue;
    heap[0] = i;
    sink(0);
  }
  const best = heap.sort((a, b) => (isWorse(a, b) ? 1 : -1));
  return best.map((place) => numbers[place] as number);
}
