// Convolution and dense layer with four numbers at a time, for WebAssembly.
// `python -m helpers.networks.page_kernel` compiles this file into kernel_bytes.js; forward.js does the same in
// plain loops, which is the text to read first.

#include <wasm_simd128.h>

// Sums for PIXELS cells of the output and EIGHT filters stand in registers together, so that each
// input number that is read serves eight products and each weight serves PIXELS.
#define PIXELS 4
#define EIGHT 8

static inline void store(float *to, v128_t four, int left) {
  if (left >= 4) wasm_v128_store(to, four);
  else {
    to[0] = wasm_f32x4_extract_lane(four, 0);
    if (left > 1) to[1] = wasm_f32x4_extract_lane(four, 1);
    if (left > 2) to[2] = wasm_f32x4_extract_lane(four, 2);
  }
}

// x: padded input [row][column][channel]. down, across: from one output cell to the next, in floats.
// The taps of a window are `rows` x `pieces` runs of `length` floats that lie beside each other.
// weights: [filters / 8][tap][8], the last block filled up with zeros; bias likewise.
__attribute__((export_name("convolve"))) void convolve(
    const float *x, int high, int wide, int down, int across, int rows, int row, int pieces, int piece,
    int length, const float *weights, const float *bias, int filters, float *y, int relu) {
  const int cells = high * wide, taps = rows * pieces * length;
  for (int block = 0; block < filters; block += EIGHT) {
    const float *of_block = weights + block * taps;
    for (int cell = 0; cell < cells; cell += PIXELS) {
      const float *from[PIXELS];
      v128_t sum[PIXELS][2];
      for (int p = 0; p < PIXELS; p += 1) {
        const int at = cell + p < cells ? cell + p : cells - 1;
        from[p] = x + at / wide * down + at % wide * across;
        sum[p][0] = wasm_v128_load(bias + block);
        sum[p][1] = wasm_v128_load(bias + block + 4);
      }
      const float *w = of_block;
      for (int u = 0; u < rows; u += 1) {
        for (int v = 0; v < pieces; v += 1) {
          const int start = u * row + v * piece;
          const float *a = from[0] + start, *b = from[1] + start, *c = from[2] + start, *d = from[3] + start;
          for (int k = 0; k < length; k += 1, w += EIGHT) {
            const v128_t low = wasm_v128_load(w), top = wasm_v128_load(w + 4);
            v128_t one = wasm_v128_load32_splat(a + k);
            sum[0][0] = wasm_f32x4_add(sum[0][0], wasm_f32x4_mul(one, low));
            sum[0][1] = wasm_f32x4_add(sum[0][1], wasm_f32x4_mul(one, top));
            one = wasm_v128_load32_splat(b + k);
            sum[1][0] = wasm_f32x4_add(sum[1][0], wasm_f32x4_mul(one, low));
            sum[1][1] = wasm_f32x4_add(sum[1][1], wasm_f32x4_mul(one, top));
            one = wasm_v128_load32_splat(c + k);
            sum[2][0] = wasm_f32x4_add(sum[2][0], wasm_f32x4_mul(one, low));
            sum[2][1] = wasm_f32x4_add(sum[2][1], wasm_f32x4_mul(one, top));
            one = wasm_v128_load32_splat(d + k);
            sum[3][0] = wasm_f32x4_add(sum[3][0], wasm_f32x4_mul(one, low));
            sum[3][1] = wasm_f32x4_add(sum[3][1], wasm_f32x4_mul(one, top));
          }
        }
      }
      for (int p = 0; p < PIXELS && cell + p < cells; p += 1) {
        for (int half = 0; half < 2; half += 1) {
          if (relu) sum[p][half] = wasm_f32x4_max(sum[p][half], wasm_f32x4_splat(0));
          const int left = filters - block - 4 * half;
          if (left > 0) store(y + (cell + p) * filters + block + 4 * half, sum[p][half], left);
        }
      }
    }
  }
}
