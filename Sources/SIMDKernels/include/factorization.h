// The pairwise interactions of factorization machines for a sparse row, and their gradients (Rendle
// 2010, Factorization Machines; Juan, Zhuang, Chin & Lin 2016, Field-aware Factorization Machines for
// CTR Prediction).
#ifndef FORESIGHT_FACTORIZATION_H
#define FORESIGHT_FACTORIZATION_H

#include <stddef.h>
#include <stdint.h>

// A row has n entries: columns[i] and x[i]. The factors of column j begin at v + j * stride. K is the
// number of factors of a column (of a column for a field), and may be 0.
#define FS_DECLARE_FACTORIZATION(REAL, SUFFIX)                                                    \
  /* Returns the sum over i < j of <v[i], v[j]> x[i] x[j], in O(nK), and sets sums: [K] to the   \
     sum of x[i] v[i]. */                                                                         \
  double fs_factorization##SUFFIX(const int32_t *columns, const REAL *x, ptrdiff_t n,             \
                                  const REAL *v, ptrdiff_t stride, ptrdiff_t K, REAL *sums);      \
  /* The gradient of one column, which occurs in n rows with x[o]:                               \
     dv[k] = sum of slopes[rows[o]] x[o] (sums[rows[o], k] - x[o] v[k]) */                        \
  void fs_factorization_gradient##SUFFIX(const int32_t *rows, const REAL *x, ptrdiff_t n,         \
                                         const REAL *slopes, const REAL *sums, const REAL *v,     \
                                         REAL *dv, ptrdiff_t K);                                  \
  /* Returns the sum over i < j of <v[i, fields[j]], v[j, fields[i]]> x[i] x[j], where the factors \
     of a column are [F, K]. */                                                                   \
  double fs_field_factorization##SUFFIX(const int32_t *columns, const int32_t *fields,            \
                                        const REAL *x, ptrdiff_t n, const REAL *v,                \
                                        ptrdiff_t stride, ptrdiff_t K);                           \
  /* Adds the gradient of the column at a place of a row to dv: [F, K]:                          \
     dv[fields[i]] += slope x[place] x[i] v[columns[i], fields[place]] for i != place */          \
  void fs_field_factorization_gradient##SUFFIX(                                                   \
      const int32_t *columns, const int32_t *fields, const REAL *x, ptrdiff_t n,                  \
      ptrdiff_t place, REAL slope, const REAL *v, ptrdiff_t stride, REAL *dv, ptrdiff_t K);

FS_DECLARE_FACTORIZATION(float, _f32)
FS_DECLARE_FACTORIZATION(double, _f64)

#endif
