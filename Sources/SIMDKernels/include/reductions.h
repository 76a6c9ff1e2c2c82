// Reductions over the middle axis of an array [outer, count, inner], to [outer, inner].
// inner = 1 reduces rows; outer = 1 reduces columns. Sums use a fixed number of lanes, so the error
// grows much more slowly than n, and the result depends on the extents alone.
#ifndef FORESIGHT_REDUCTIONS_H
#define FORESIGHT_REDUCTIONS_H

#include <stddef.h>

#define FS_DECLARE_REDUCTION(name)                                                             \
  void fs_reduce_##name##_f32(const float *x, float *y, ptrdiff_t outer, ptrdiff_t count,      \
                              ptrdiff_t inner);                                                \
  void fs_reduce_##name##_f64(const double *x, double *y, ptrdiff_t outer, ptrdiff_t count,    \
                              ptrdiff_t inner);

FS_DECLARE_REDUCTION(sum)     // no elements: 0
FS_DECLARE_REDUCTION(product) // no elements: 1
FS_DECLARE_REDUCTION(max)     // no elements: -infinity; NaN if an element is NaN
FS_DECLARE_REDUCTION(min)     // no elements: infinity; NaN if an element is NaN

// The first position of the largest (smallest) element along the middle axis. NaN counts as the
// largest (smallest). count must not be 0.
#define FS_DECLARE_ARG_REDUCTION(name)                                                          \
  void fs_##name##_f32(const float *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,          \
                       ptrdiff_t inner);                                                        \
  void fs_##name##_f64(const double *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,         \
                       ptrdiff_t inner);

FS_DECLARE_ARG_REDUCTION(argmax)
FS_DECLARE_ARG_REDUCTION(argmin)

// Returns the sum of x[i] * y[i]. Float products are added in double.
double fs_dot_f32(const float *x, const float *y, ptrdiff_t n);
double fs_dot_f64(const double *x, const double *y, ptrdiff_t n);

// y[outer, count, inner]: cumulative sums along the middle axis.
void fs_cumulative_sum_f32(const float *x, float *y, ptrdiff_t outer, ptrdiff_t count,
                           ptrdiff_t inner);
void fs_cumulative_sum_f64(const double *x, double *y, ptrdiff_t outer, ptrdiff_t count,
                           ptrdiff_t inner);

#endif
