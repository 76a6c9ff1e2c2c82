// Normalization of rows and of columns. The contracts are in normalization.h.
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

// Sums over rows are added in REAL for SUM_ROWS rows at a time, and then in double, for SUM_COLUMNS
// columns at a time.
#ifndef FORESIGHT_COLUMN_SUMS
#define FORESIGHT_COLUMN_SUMS
enum { SUM_ROWS = 32, SUM_COLUMNS = 128 };
#endif

// total[c] = sum of x[r][c] - shift[c], or of its square.
FS_INLINE void HELPER(column_sums)(const REAL *x, const REAL *shift, int squared, double *total,
                                   ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width) {
  REAL part[SUM_COLUMNS];
  for (ptrdiff_t c = 0; c < width; c++) total[c] = 0;
  for (ptrdiff_t first = 0; first < rows; first += SUM_ROWS) {
    const ptrdiff_t end = rows - first < SUM_ROWS ? rows : first + SUM_ROWS;
    for (ptrdiff_t c = 0; c < width; c++) part[c] = 0;
    for (ptrdiff_t r = first; r < end; r++) {
      const REAL *row = x + r * stride;
      FS_INDEPENDENT for (ptrdiff_t c = 0; c < width; c++) {
        const REAL deviation = row[c] - shift[c];
        part[c] += squared ? deviation * deviation : deviation;
      }
    }
    for (ptrdiff_t c = 0; c < width; c++) total[c] += part[c];
  }
}

FS_KERNEL void KERNEL(column_moments)(const REAL *x, double *mean, double *squares,
                                      ptrdiff_t rows, ptrdiff_t columns) {
  REAL shift[SUM_COLUMNS];
  double rest[SUM_COLUMNS];
  for (ptrdiff_t first = 0; first < columns; first += SUM_COLUMNS) {
    const ptrdiff_t width = columns - first < SUM_COLUMNS ? columns - first : SUM_COLUMNS;
    // Deviations from the first row, whose sum does not round as much as that of the numbers.
    for (ptrdiff_t c = 0; c < width; c++) shift[c] = rows > 0 ? x[first + c] : 0;
    HELPER(column_sums)(x + first, shift, 0, rest, rows, columns, width);
    for (ptrdiff_t c = 0; c < width; c++) {
      mean[first + c] = rows > 0 ? shift[c] + rest[c] / (double)rows : 0;
      shift[c] = (REAL)mean[first + c];
    }
    HELPER(column_sums)(x + first, shift, 1, squares + first, rows, columns, width);
    // The squares are those of deviations from the rounded mean.
    for (ptrdiff_t c = 0; c < width; c++) {
      const double rounding = mean[first + c] - shift[c];
      squares[first + c] -= rounding * rounding * (double)rows;
      if (squares[first + c] < 0) squares[first + c] = 0;
    }
  }
}

FS_KERNEL void KERNEL(normalize_columns)(const REAL *x, const REAL *mean, const REAL *scale,
                                         const REAL *bias, REAL *y, ptrdiff_t rows,
                                         ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, x += columns, y += columns) {
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) {
      y[c] = (x[c] - mean[c]) * scale[c] + bias[c];
    }
  }
}

FS_KERNEL void KERNEL(column_slopes)(const REAL *x, const REAL *mean, const REAL *factor,
                                     const REAL *dy, double *d_scale, double *d_bias,
                                     ptrdiff_t rows, ptrdiff_t columns) {
  REAL scales[SUM_COLUMNS];
  REAL biases[SUM_COLUMNS];
  for (ptrdiff_t start = 0; start < columns; start += SUM_COLUMNS) {
    const ptrdiff_t width = columns - start < SUM_COLUMNS ? columns - start : SUM_COLUMNS;
    for (ptrdiff_t first = 0; first < rows; first += SUM_ROWS) {
      const ptrdiff_t end = rows - first < SUM_ROWS ? rows : first + SUM_ROWS;
      for (ptrdiff_t c = 0; c < width; c++) scales[c] = biases[c] = 0;
      for (ptrdiff_t r = first; r < end; r++) {
        const REAL *u = x + r * columns + start;
        const REAL *v = dy + r * columns + start;
        FS_INDEPENDENT for (ptrdiff_t c = 0; c < width; c++) {
          scales[c] += v[c] * (u[c] - mean[start + c]);
          biases[c] += v[c];
        }
      }
      for (ptrdiff_t c = 0; c < width; c++) {
        d_scale[start + c] += (double)scales[c] * factor[start + c];
        d_bias[start + c] += biases[c];
      }
    }
  }
}

FS_KERNEL void KERNEL(column_gradients)(const REAL *x, const REAL *mean, const REAL *scale,
                                        const REAL *dy, const REAL *shift, const REAL *slope,
                                        REAL *dx, ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t r = 0; r < rows; r++, x += columns, dy += columns, dx += columns) {
    FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns; c++) {
      dx[c] = (dy[c] - shift[c] - (x[c] - mean[c]) * slope[c]) * scale[c];
    }
  }
}

#endif
