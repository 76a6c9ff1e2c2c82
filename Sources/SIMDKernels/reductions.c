// Reductions over an axis, dot products and cumulative sums. The contracts are in reductions.h.
#ifndef REAL
#include "reductions.h"

#define FS_TEMPLATE "reductions.c"
#include "real_types.h"

#else

#include "folds.h"

#define REDUCTION(name, fold)                                                                  \
  FS_KERNEL void KERNEL(reduce_##name)(const REAL *x, REAL *y, ptrdiff_t outer,                \
                                       ptrdiff_t count, ptrdiff_t inner) {                     \
    HELPER(reduce)(fold, x, y, outer, count, inner);                                           \
  }

FS_INLINE void HELPER(reduce)(enum fold fold, const REAL *x, REAL *y, ptrdiff_t outer,
                              ptrdiff_t count, ptrdiff_t inner) {
  if (inner == 1) {
    for (ptrdiff_t o = 0; o < outer; o++) y[o] = HELPER(fold_row)(fold, x + o * count, count);
    return;
  }
  for (ptrdiff_t o = 0; o < outer; o++) {
    for (ptrdiff_t j = 0; j < inner; j += FOLD_WIDTH) {
      const ptrdiff_t width = inner - j < FOLD_WIDTH ? inner - j : FOLD_WIDTH;
      HELPER(fold_columns)
      (fold, x + o * count * inner + j, count, inner, width, y + o * inner + j);
    }
  }
}

REDUCTION(sum, FOLD_SUM)
REDUCTION(product, FOLD_PRODUCT)
REDUCTION(max, FOLD_MAX)
REDUCTION(min, FOLD_MIN)

// Returns 1 if v precedes w: if it is a strictly better number, or a NaN while w is not.
FS_INLINE int HELPER(is_better)(enum fold fold, REAL v, REAL w) {
  return ((w == w) & (v != v)) | (fold == FOLD_MAX ? v > w : v < w);
}

// Finds a row's extreme value first, in lanes, and then its position.
FS_INLINE ptrdiff_t HELPER(find_in_row)(enum fold fold, const REAL *x, ptrdiff_t count) {
  const REAL extreme = HELPER(fold_row)(fold, x, count);
  ptrdiff_t i = 0;
  while (!(x[i] == extreme || (x[i] != x[i] && extreme != extreme))) i++;
  return i;
}

FS_INLINE void HELPER(find_in_columns)(enum fold fold, const REAL *x, ptrdiff_t *y,
                                       ptrdiff_t count, ptrdiff_t stride, ptrdiff_t width) {
  REAL best[FOLD_WIDTH];
  memcpy(best, x, (size_t)width * sizeof(REAL));
  memset(y, 0, (size_t)width * sizeof *y);
  for (ptrdiff_t r = 1; r < count; r++) {
    const REAL *row = x + r * stride;
    FS_INDEPENDENT for (ptrdiff_t j = 0; j < width; j++) {
      const int better = HELPER(is_better)(fold, row[j], best[j]);
      best[j] = better ? row[j] : best[j];
      y[j] = better ? r : y[j];
    }
  }
}

FS_INLINE void HELPER(find)(enum fold fold, const REAL *x, ptrdiff_t *y, ptrdiff_t outer,
                            ptrdiff_t count, ptrdiff_t inner) {
  if (inner == 1) {
    for (ptrdiff_t o = 0; o < outer; o++) y[o] = HELPER(find_in_row)(fold, x + o * count, count);
    return;
  }
  for (ptrdiff_t o = 0; o < outer; o++) {
    for (ptrdiff_t j = 0; j < inner; j += FOLD_WIDTH) {
      const ptrdiff_t width = inner - j < FOLD_WIDTH ? inner - j : FOLD_WIDTH;
      HELPER(find_in_columns)
      (fold, x + o * count * inner + j, y + o * inner + j, count, inner, width);
    }
  }
}

FS_KERNEL void KERNEL(argmax)(const REAL *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,
                              ptrdiff_t inner) {
  HELPER(find)(FOLD_MAX, x, y, outer, count, inner);
}

FS_KERNEL void KERNEL(argmin)(const REAL *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,
                              ptrdiff_t inner) {
  HELPER(find)(FOLD_MIN, x, y, outer, count, inner);
}

FS_KERNEL double KERNEL(dot)(const REAL *x, const REAL *y, ptrdiff_t n) {
  return HELPER(dot_row)(x, y, n);
}

// The running sums are in double, so that a float is rounded once instead of at every step.
FS_KERNEL void KERNEL(cumulative_sum)(const REAL *x, REAL *y, ptrdiff_t outer, ptrdiff_t count,
                                      ptrdiff_t inner) {
  for (ptrdiff_t o = 0; o < outer; o++) {
    for (ptrdiff_t j = 0; j < inner; j += FOLD_WIDTH) {
      const ptrdiff_t width = inner - j < FOLD_WIDTH ? inner - j : FOLD_WIDTH;
      double running[FOLD_WIDTH] = {0};
      for (ptrdiff_t r = 0; r < count; r++) {
        const ptrdiff_t start = (o * count + r) * inner + j;
        FS_INDEPENDENT for (ptrdiff_t k = 0; k < width; k++) {
          running[k] += x[start + k];
          y[start + k] = (REAL)running[k];
        }
      }
    }
  }
}

#endif
