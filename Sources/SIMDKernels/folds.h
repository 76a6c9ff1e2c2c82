// Sums and other folds, shared by reductions.c, softmax.c, and normalization.c. This file is part of
// their templates: it is included with REAL set, twice.
//
// Eight rows at a time are folded as a tree, and the results of such blocks are combined like the
// carries of a binary counter. Therefore every sum is a pairwise sum, whose error grows with the
// logarithm of the count (Higham, "The accuracy of floating point summation", 1993) and which needs
// one addition per element.

#ifndef FORESIGHT_FOLDS_H
#define FORESIGHT_FOLDS_H

enum fold { FOLD_SUM, FOLD_PRODUCT, FOLD_MAX, FOLD_MIN };

enum {
  FOLD_BLOCK = 8,   // the number of rows folded as a tree
  FOLD_WIDTH = 64,  // the maximum number of columns folded at a time
  FOLD_LEVELS = 48, // bits of the counter of blocks: enough for any address space
  FOLD_LANES = 32,  // the number of columns into which a contiguous run is split
};

#endif

FS_INLINE REAL HELPER(fold_identity)(enum fold fold) {
  switch (fold) {
  case FOLD_SUM: return 0;
  case FOLD_PRODUCT: return 1;
  case FOLD_MAX: return -INFINITY;
  case FOLD_MIN: return INFINITY;
  }
}

// In max and min, NaN wins over every number.
FS_INLINE REAL HELPER(combine)(enum fold fold, REAL a, REAL b) {
  switch (fold) {
  case FOLD_SUM: return a + b;
  case FOLD_PRODUCT: return a * b;
  case FOLD_MAX: return ((a != a) | (a > b)) ? a : b;
  case FOLD_MIN: return ((a != a) | (a < b)) ? a : b;
  }
}

// Returns the fold of FOLD_BLOCK elements at a distance of `stride`.
FS_INLINE REAL HELPER(fold_block)(enum fold fold, const REAL *x, ptrdiff_t stride) {
  const REAL a = HELPER(combine)(fold, x[0], x[stride]);
  const REAL b = HELPER(combine)(fold, x[2 * stride], x[3 * stride]);
  const REAL c = HELPER(combine)(fold, x[4 * stride], x[5 * stride]);
  const REAL d = HELPER(combine)(fold, x[6 * stride], x[7 * stride]);
  return HELPER(combine)(fold, HELPER(combine)(fold, a, b), HELPER(combine)(fold, c, d));
}

// a[j] = a[j] op b[j]
FS_INLINE void HELPER(combine_rows)(enum fold fold, REAL *a, const REAL *b, ptrdiff_t width) {
  FS_INDEPENDENT for (ptrdiff_t j = 0; j < width; j++) a[j] = HELPER(combine)(fold, a[j], b[j]);
}

// y[j] = the fold of x[r * stride + j] over r < count, for j < width <= FOLD_WIDTH.
FS_INLINE void HELPER(fold_columns)(enum fold fold, const REAL *x, ptrdiff_t count,
                                    ptrdiff_t stride, ptrdiff_t width, REAL *y) {
  // partial[level] is the fold of FOLD_BLOCK << level rows, valid if that bit of the count is set.
  REAL partial[FOLD_LEVELS][FOLD_WIDTH];
  REAL carry[FOLD_WIDTH];
  const ptrdiff_t blocks = count / FOLD_BLOCK;
  for (ptrdiff_t block = 0; block < blocks; block++) {
    const REAL *rows = x + block * FOLD_BLOCK * stride;
    FS_INDEPENDENT for (ptrdiff_t j = 0; j < width; j++) {
      carry[j] = HELPER(fold_block)(fold, rows + j, stride);
    }
    int level = 0;
    for (; block >> level & 1; level++) {
      HELPER(combine_rows)(fold, carry, partial[level], width);
    }
    memcpy(partial[level], carry, (size_t)width * sizeof(REAL));
  }
  for (ptrdiff_t j = 0; j < width; j++) y[j] = HELPER(fold_identity)(fold);
  for (ptrdiff_t r = blocks * FOLD_BLOCK; r < count; r++) {
    HELPER(combine_rows)(fold, y, x + r * stride, width);
  }
  for (int level = 0; blocks >> level; level++) {
    if (blocks >> level & 1) HELPER(combine_rows)(fold, y, partial[level], width);
  }
}

// Returns the fold of the n elements of x.
FS_INLINE REAL HELPER(fold_row)(enum fold fold, const REAL *x, ptrdiff_t n) {
  if (n < FOLD_LANES) {
    REAL result = HELPER(fold_identity)(fold);
    for (ptrdiff_t i = 0; i < n; i++) result = HELPER(combine)(fold, result, x[i]);
    return result;
  }
  REAL lanes[FOLD_LANES];
  const ptrdiff_t chunks = n / FOLD_LANES;
  HELPER(fold_columns)(fold, x, chunks, FOLD_LANES, FOLD_LANES, lanes);
  HELPER(combine_rows)(fold, lanes, x + chunks * FOLD_LANES, n - chunks * FOLD_LANES);
  for (int width = FOLD_LANES / 2; width > 0; width /= 2) {
    for (int j = 0; j < width; j++) lanes[j] = HELPER(combine)(fold, lanes[j], lanes[width + j]);
  }
  return lanes[0];
}

// Returns the sum of x[i] * y[i], added in double.
FS_INLINE double HELPER(dot_row)(const REAL *x, const REAL *y, ptrdiff_t n) {
  enum { LANES = 16, BLOCK = 4 * LANES };
  double lanes[LANES] = {0};
  ptrdiff_t i = 0;
  for (; i + BLOCK <= n; i += BLOCK) {
    const REAL *u = x + i;
    const REAL *v = y + i;
    for (int j = 0; j < LANES; j++) {
      const double first = (double)u[j] * v[j] + (double)u[LANES + j] * v[LANES + j];
      const double second = (double)u[2 * LANES + j] * v[2 * LANES + j] +
                            (double)u[3 * LANES + j] * v[3 * LANES + j];
      lanes[j] += first + second;
    }
  }
  for (int j = 0; i < n; i++, j = (j + 1) % LANES) lanes[j] += (double)x[i] * y[i];
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int j = 0; j < width; j++) lanes[j] += lanes[width + j];
  }
  return lanes[0];
}
