// The interactions of factorization machines. The contracts are in factorization.h.
//
// Factors are processed in blocks of a constant width, whose sums stay in registers over all entries
// of a row. A helper is called with the widths as constants.
#ifndef REAL
#include "factorization.h"

#define FS_TEMPLATE "factorization.c"
#include "real_types.h"

#else

#define FS_WIDEST 16

// Calls block(first, width) for consecutive blocks of the factors.
#define FS_FOR_BLOCKS(K, block)                                        \
  do {                                                                 \
    ptrdiff_t k_ = 0;                                                  \
    for (; k_ + 16 <= (K); k_ += 16) { block(k_, 16); }                \
    if (k_ + 8 <= (K)) { block(k_, 8); k_ += 8; }                      \
    if (k_ + 4 <= (K)) { block(k_, 4); k_ += 4; }                      \
    for (; k_ < (K); k_ += 1) { block(k_, 1); }                        \
  } while (0)

FS_INLINE double HELPER(factorization_block)(const int32_t *columns, const REAL *x, ptrdiff_t n,
                                             const REAL *v, ptrdiff_t stride, REAL *sums,
                                             const ptrdiff_t width) {
  REAL sum[FS_WIDEST] = {0};
  REAL square[FS_WIDEST] = {0};
  for (ptrdiff_t i = 0; i < n; i++) {
    const REAL *row = v + columns[i] * stride;
    for (ptrdiff_t k = 0; k < width; k++) {
      const REAL term = x[i] * row[k];
      sum[k] += term;
      square[k] += term * term;
    }
  }
  double total = 0;
  for (ptrdiff_t k = 0; k < width; k++) {
    sums[k] = sum[k];
    total += (double)sum[k] * (double)sum[k] - (double)square[k];
  }
  return total;
}

FS_KERNEL double KERNEL(factorization)(const int32_t *columns, const REAL *x, ptrdiff_t n,
                                       const REAL *v, ptrdiff_t stride, ptrdiff_t K, REAL *sums) {
  double total = 0;
#define BLOCK(k, width) \
  total += HELPER(factorization_block)(columns, x, n, v + (k), stride, sums + (k), width)
  FS_FOR_BLOCKS(K, BLOCK);
#undef BLOCK
  return total / 2;
}

FS_INLINE void HELPER(factorization_gradient_block)(const int32_t *rows, const REAL *x, ptrdiff_t n,
                                                    const REAL *slopes, const REAL *sums,
                                                    ptrdiff_t stride, const REAL *v, REAL *dv,
                                                    const ptrdiff_t width) {
  REAL sum[FS_WIDEST] = {0};
  for (ptrdiff_t o = 0; o < n; o++) {
    const REAL *row = sums + rows[o] * stride;
    const REAL slope = slopes[rows[o]] * x[o];
    for (ptrdiff_t k = 0; k < width; k++) sum[k] += slope * (row[k] - x[o] * v[k]);
  }
  for (ptrdiff_t k = 0; k < width; k++) dv[k] = sum[k];
}

FS_KERNEL void KERNEL(factorization_gradient)(const int32_t *rows, const REAL *x, ptrdiff_t n,
                                              const REAL *slopes, const REAL *sums, const REAL *v,
                                              REAL *dv, ptrdiff_t K) {
#define BLOCK(k, width)                                                                          \
  HELPER(factorization_gradient_block)(rows, x, n, slopes, sums + (k), K, v + (k), dv + (k), width)
  FS_FOR_BLOCKS(K, BLOCK);
#undef BLOCK
}

FS_INLINE double HELPER(field_block)(const int32_t *columns, const int32_t *fields, const REAL *x,
                                     ptrdiff_t n, const REAL *v, ptrdiff_t stride, ptrdiff_t K,
                                     const ptrdiff_t width) {
  double total = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    REAL sum[FS_WIDEST] = {0};
    const REAL *own = v + columns[i] * stride;
    const REAL *others = v + fields[i] * K;
    for (ptrdiff_t j = i + 1; j < n; j++) {
      const REAL *left = own + fields[j] * K;
      const REAL *right = others + columns[j] * stride;
      for (ptrdiff_t k = 0; k < width; k++) sum[k] += x[j] * left[k] * right[k];
    }
    for (ptrdiff_t k = 0; k < width; k++) total += (double)x[i] * (double)sum[k];
  }
  return total;
}

FS_KERNEL double KERNEL(field_factorization)(const int32_t *columns, const int32_t *fields,
                                             const REAL *x, ptrdiff_t n, const REAL *v,
                                             ptrdiff_t stride, ptrdiff_t K) {
  double total = 0;
#define BLOCK(k, width) \
  total += HELPER(field_block)(columns, fields, x, n, v + (k), stride, K, width)
  FS_FOR_BLOCKS(K, BLOCK);
#undef BLOCK
  return total;
}

FS_KERNEL void KERNEL(field_factorization_gradient)(const int32_t *columns, const int32_t *fields,
                                                    const REAL *x, ptrdiff_t n, ptrdiff_t place,
                                                    REAL slope, const REAL *v, ptrdiff_t stride,
                                                    REAL *dv, ptrdiff_t K) {
  const REAL *others = v + fields[place] * K;
  for (ptrdiff_t i = 0; i < n; i++) {
    if (i == place) continue;
    const REAL factor = slope * x[place] * x[i];
    const REAL *row = others + columns[i] * stride;
    REAL *sum = dv + fields[i] * K;
    FS_INDEPENDENT for (ptrdiff_t k = 0; k < K; k++) sum[k] += factor * row[k];
  }
}

#undef FS_FOR_BLOCKS
#undef FS_WIDEST

#endif
