// Transposes of blocks that stay in cache, shared by layout.c and packed_gemm.c. This file is part
// of their templates: it is included with REAL set, twice.

#ifndef FORESIGHT_TRANSPOSES_H
#define FORESIGHT_TRANSPOSES_H

enum { TILE = 4 }; // the side of a square that is kept in registers

#endif

typedef REAL HELPER(quad) __attribute__((ext_vector_type(TILE)));

// y[c, r] = x[r, c] (or +=) for a TILE x TILE square, in registers. The strides are row strides.
FS_INLINE void HELPER(transpose_tile)(const REAL *x, ptrdiff_t x_stride, REAL *y,
                                      ptrdiff_t y_stride, int accumulate) {
  HELPER(quad) in[TILE], out[TILE];
  for (int r = 0; r < TILE; r++) memcpy(&in[r], x + r * x_stride, sizeof in[r]);
  const HELPER(quad) even_low = __builtin_shufflevector(in[0], in[2], 0, 4, 1, 5);
  const HELPER(quad) even_high = __builtin_shufflevector(in[0], in[2], 2, 6, 3, 7);
  const HELPER(quad) odd_low = __builtin_shufflevector(in[1], in[3], 0, 4, 1, 5);
  const HELPER(quad) odd_high = __builtin_shufflevector(in[1], in[3], 2, 6, 3, 7);
  out[0] = __builtin_shufflevector(even_low, odd_low, 0, 4, 1, 5);
  out[1] = __builtin_shufflevector(even_low, odd_low, 2, 6, 3, 7);
  out[2] = __builtin_shufflevector(even_high, odd_high, 0, 4, 1, 5);
  out[3] = __builtin_shufflevector(even_high, odd_high, 2, 6, 3, 7);
  for (int c = 0; c < TILE; c++) {
    REAL *row = y + c * y_stride;
    if (accumulate) {
      HELPER(quad) present;
      memcpy(&present, row, sizeof present);
      out[c] += present;
    }
    memcpy(row, &out[c], sizeof out[c]);
  }
}

// The same for a block of any extents.
FS_INLINE void HELPER(transpose_block)(const REAL *x, ptrdiff_t x_stride, REAL *y,
                                       ptrdiff_t y_stride, ptrdiff_t rows, ptrdiff_t columns,
                                       int accumulate) {
  const ptrdiff_t whole_rows = rows - rows % TILE;
  const ptrdiff_t whole_columns = columns - columns % TILE;
  for (ptrdiff_t c = 0; c < whole_columns; c += TILE) {
    for (ptrdiff_t r = 0; r < whole_rows; r += TILE) {
      HELPER(transpose_tile)
      (x + r * x_stride + c, x_stride, y + c * y_stride + r, y_stride, accumulate);
    }
  }
  // The remainder: the last columns of all rows, and the last rows of the other columns.
  for (ptrdiff_t c = 0; c < columns; c++) {
    for (ptrdiff_t r = c < whole_columns ? whole_rows : 0; r < rows; r++) {
      const REAL value = x[r * x_stride + c];
      REAL *target = &y[c * y_stride + r];
      *target = accumulate ? *target + value : value;
    }
  }
}
