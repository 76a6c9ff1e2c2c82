// Maxima and means over the windows of an image [height, width, channels].
#ifndef FORESIGHT_POOLING_H
#define FORESIGHT_POOLING_H

#include <stddef.h>

// The extents of an image and of its windows. Output [h, w] has the window of `kernel` rows and
// columns from h * stride - padding and w * stride - padding on, as far as it lies within the image.
// Every window must contain an element of the image.
typedef struct {
  ptrdiff_t height, width, channels;
  ptrdiff_t output_height, output_width;
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t stride_height, stride_width;
  ptrdiff_t padding_height, padding_width;
} fs_pool_extents;

// y [output_height, output_width, channels] receives the maximum over each window; NaN wins over
// every number. Backward writes dx: the first maximum of a window receives dy.
//
// average_pool writes the mean over each window, and with counts_padding the sum over the window
// divided by kernel_height * kernel_width. Backward writes dx.
#define FS_DECLARE_POOL(suffix, real)                                                            \
  void fs_max_pool_##suffix(const real *x, real *y, const fs_pool_extents *extents);             \
  void fs_max_pool_backward_##suffix(const real *x, const real *y, const real *dy, real *dx,     \
                                     const fs_pool_extents *extents);                            \
  void fs_average_pool_##suffix(const real *x, real *y, int counts_padding,                      \
                                const fs_pool_extents *extents);                                 \
  void fs_average_pool_backward_##suffix(const real *dy, real *dx, int counts_padding,           \
                                         const fs_pool_extents *extents);

FS_DECLARE_POOL(f32, float)
FS_DECLARE_POOL(f64, double)

#endif
