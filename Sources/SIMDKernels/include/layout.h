// Moving elements: transposes, general permutations, strided copies. Here an output may not share
// memory with an input.
#ifndef FORESIGHT_LAYOUT_H
#define FORESIGHT_LAYOUT_H

#include <stddef.h>

// y[b, c, r] = x[b, r, c], blocked for the cache.
void fs_transpose_f32(const float *x, float *y, ptrdiff_t batch, ptrdiff_t rows, ptrdiff_t columns);
void fs_transpose_f64(const double *x, double *y, ptrdiff_t batch, ptrdiff_t rows,
                      ptrdiff_t columns);

// Reads x by strides (in elements, 0 and negative allowed) into the dense y of the given shape.
// rank is from 0 (one element) to 8.
void fs_gather_strided_f32(const float *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                           int rank, float *y);
void fs_gather_strided_f64(const double *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                           int rank, double *y);

// The opposite: writes the dense x of the given shape into y by strides.
// accumulate: 0 stores, 1 adds to what is there.
void fs_scatter_strided_f32(const float *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                            int rank, int accumulate, float *y);
void fs_scatter_strided_f64(const double *x, const ptrdiff_t *strides, const ptrdiff_t *shape,
                            int rank, int accumulate, double *y);

#endif
