// Normalization of rows. The contracts are in normalization.h.
#ifndef REAL
#include "normalization.h"

#define FS_TEMPLATE "normalization.c"
#include "real_types.h"

#else

#include "folds.h"

FS_KERNEL void KERNEL(layer_norm)(const REAL *x, const REAL *weight, const REAL *bias,
                                  double epsilon, REAL *y, REAL *statistics, ptrdiff_t rows,
                                  ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, x += columns, y += columns, statistics += 2) {
    const REAL mean = HELPER(fold_row)(FOLD_SUM, x, columns) / (REAL)columns;
    // The differences are squared, since a difference of squares would cancel.
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) y[c] = x[c] - mean;
    const double variance = HELPER(dot_row)(y, y, columns) / (double)columns;
    const REAL factor = (REAL)(1 / sqrt(variance + epsilon));
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) {
      y[c] = y[c] * factor * weight[c] + bias[c];
    }
    statistics[0] = mean;
    statistics[1] = factor;
  }
}

FS_KERNEL void KERNEL(layer_norm_backward)(const REAL *x, const REAL *weight,
                                           const REAL *statistics, const REAL *dy, REAL *dx,
                                           REAL *d_weight, REAL *d_bias, ptrdiff_t rows,
                                           ptrdiff_t columns) {
  enum { BUFFER = 512 };
  REAL buffer[BUFFER];
  for (ptrdiff_t r = 0; r < rows; r++, x += columns, dy += columns, dx += columns) {
    const REAL mean = statistics[2 * r];
    const REAL factor = statistics[2 * r + 1];
    double sum = 0;
    double product = 0;
    for (ptrdiff_t first = 0; first < columns; first += BUFFER) {
      const ptrdiff_t n = columns - first < BUFFER ? columns - first : BUFFER;
      FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {
        const ptrdiff_t c = first + i;
        const REAL gradient = dy[c];
        buffer[i] = (x[c] - mean) * factor;
        d_weight[c] += gradient * buffer[i];
        d_bias[c] += gradient;
        dx[c] = gradient * weight[c];
      }
      sum += HELPER(fold_row)(FOLD_SUM, dx + first, n);
      product += HELPER(dot_row)(dx + first, buffer, n);
    }
    const REAL shift = (REAL)(sum / (double)columns);
    const REAL slope = (REAL)(product / (double)columns);
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) {
      dx[c] = factor * (dx[c] - shift - (x[c] - mean) * factor * slope);
    }
  }
}

#endif
