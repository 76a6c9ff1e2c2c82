// Softmax, log-softmax, and attention weights over rows. The contracts are in softmax.h.
#ifndef REAL
#include "softmax.h"

#define FS_TEMPLATE "softmax.c"
#include "real_types.h"

#else

#include "folds.h"

// y[c] = exp((x[c] - shift) scale). A row that is all -infinity, or that contains +infinity, gives
// NaN.
FS_INLINE void HELPER(shifted_exp)(const REAL *x, REAL shift, REAL scale, REAL *y, ptrdiff_t n) {
  INDEPENDENT_MATH for (ptrdiff_t c = 0; c < n; c++) y[c] = HELPER(exp)((x[c] - shift) * scale);
}

FS_KERNEL void KERNEL(softmax)(const REAL *x, REAL *y, ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, x += columns, y += columns) {
    HELPER(shifted_exp)(x, HELPER(fold_row)(FOLD_MAX, x, columns), 1, y, columns);
    const REAL sum = HELPER(fold_row)(FOLD_SUM, y, columns);
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) y[c] = y[c] / sum;
  }
}

FS_KERNEL void KERNEL(softmax_backward)(const REAL *y, const REAL *dy, REAL *dx, ptrdiff_t rows,
                                        ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, y += columns, dy += columns, dx += columns) {
    const REAL mean = (REAL)HELPER(dot_row)(y, dy, columns); // the mean of dy weighted by softmax
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) dx[c] = y[c] * (dy[c] - mean);
  }
}

// Returns the sum of exp(x[c] - shift), through a buffer: x and the result may be the same array.
FS_INLINE double HELPER(sum_of_shifted_exp)(const REAL *x, REAL shift, ptrdiff_t columns) {
  enum { BUFFER = 512 };
  REAL buffer[BUFFER];
  double sum = 0;
  for (ptrdiff_t c = 0; c < columns; c += BUFFER) {
    const ptrdiff_t n = columns - c < BUFFER ? columns - c : BUFFER;
    HELPER(shifted_exp)(x + c, shift, 1, buffer, n);
    sum += HELPER(fold_row)(FOLD_SUM, buffer, n);
  }
  return sum;
}

FS_KERNEL void KERNEL(log_softmax)(const REAL *x, REAL *y, ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, x += columns, y += columns) {
    const REAL shift = HELPER(fold_row)(FOLD_MAX, x, columns);
    const REAL log_sum = (REAL)log(HELPER(sum_of_shifted_exp)(x, shift, columns));
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) y[c] = (x[c] - shift) - log_sum;
  }
}

FS_KERNEL void KERNEL(log_softmax_backward)(const REAL *y, const REAL *dy, REAL *dx,
                                            ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, y += columns, dy += columns, dx += columns) {
    const REAL sum = HELPER(fold_row)(FOLD_SUM, dy, columns);
    INDEPENDENT_MATH for (ptrdiff_t c = 0; c < columns; c++) {
      dx[c] = dy[c] - HELPER(exp)(y[c]) * sum;
    }
  }
}

FS_KERNEL void KERNEL(attention_weights)(REAL *x, double scale, const REAL *ignored, int causal,
                                         ptrdiff_t first, ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, x += columns) {
    const ptrdiff_t seen = causal && first + r + 1 < columns ? first + r + 1 : columns;
    if (ignored != NULL) {
      FS_INDEPENDENT for (ptrdiff_t c = 0; c < seen; c++) {
        x[c] = ignored[c] != 0 ? -(REAL)INFINITY : x[c];
      }
    }
    const REAL shift = HELPER(fold_row)(FOLD_MAX, x, seen);
    if (shift == -(REAL)INFINITY) {
      memset(x, 0, (size_t)columns * sizeof(REAL));
      continue;
    }
    HELPER(shifted_exp)(x, shift, (REAL)scale, x, seen);
    const REAL factor = 1 / HELPER(fold_row)(FOLD_SUM, x, seen);
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < seen; c++) x[c] = x[c] * factor;
    memset(x + seen, 0, (size_t)(columns - seen) * sizeof(REAL));
  }
}

#endif
