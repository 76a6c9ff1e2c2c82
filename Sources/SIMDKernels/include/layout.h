// Transposes, general permutations and strided copies. In these functions an output must not share
// memory with an input.
#ifndef FORESIGHT_LAYOUT_H
#define FORESIGHT_LAYOUT_H

#include <stddef.h>

// y[b, c, r] = x[b, r, c], blocked for the cache.
void fs_transpose_f32(const float *x, float *y, ptrdiff_t batch, ptrdiff_t rows, ptrdiff_t columns);
void fs_transpose_f64(const double *x, double *y, ptrdiff_t batch, ptrdiff_t rows,
                      ptrdiff_t columns);

// Copies elements of x at the given strides (in elements, 0 and negative allowed) to the dense y of
// the given shape. rank is from 0 (one element) to 8.
void fs_gather_strided_f32(const float *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                           int rank, float *y);
void fs_gather_strided_f64(const double *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                           int rank, double *y);

// The inverse: writes the dense x of the given shape to y at the given strides.
// accumulate: 0 stores the elements, 1 adds them to those of y.
void fs_scatter_strided_f32(const float *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                            int rank, int accumulate, float *y);
void fs_scatter_strided_f64(const double *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                            int rank, int accumulate, double *y);

#endif
