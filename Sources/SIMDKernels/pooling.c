// Pooling of images. The contracts are in pooling.h.
#ifndef REAL
#include "pooling.h"

#include "dispatch.h"

// The rows or the columns of a window that lie within the image.
typedef struct {
  ptrdiff_t first, end;
} span;

FS_INLINE span window(ptrdiff_t place, ptrdiff_t stride, ptrdiff_t padding, ptrdiff_t kernel,
                      ptrdiff_t extent) {
  const ptrdiff_t start = place * stride - padding;
  const ptrdiff_t end = start + kernel;
  return (span){start < 0 ? 0 : start, end > extent ? extent : end};
}

// Calls `body` for each output, with its window in `rows` and `columns`, and its index in `output`.
#define FOR_EACH_WINDOW(e, body)                                                                 \
  for (ptrdiff_t h = 0; h < (e)->output_height; h++) {                                           \
    const span rows = window(h, (e)->stride_height, (e)->padding_height, (e)->kernel_height,     \
                             (e)->height);                                                       \
    for (ptrdiff_t w = 0; w < (e)->output_width; w++) {                                          \
      const span columns = window(w, (e)->stride_width, (e)->padding_width, (e)->kernel_width,   \
                                  (e)->width);                                                   \
      const ptrdiff_t output = (h * (e)->output_width + w) * (e)->channels;                      \
      body                                                                                       \
    }                                                                                            \
  }

// Calls `body` for each element of a window, with its index in `element`.
#define FOR_EACH_ELEMENT(e, body)                                                                \
  for (ptrdiff_t row = rows.first; row < rows.end; row++) {                                      \
    for (ptrdiff_t column = columns.first; column < columns.end; column++) {                     \
      const ptrdiff_t element = (row * (e)->width + column) * (e)->channels;                     \
      body                                                                                       \
    }                                                                                            \
  }

#define FS_TEMPLATE "pooling.c"
#include "real_types.h"

#else

FS_KERNEL void KERNEL(max_pool)(const REAL *x, REAL *y, const fs_pool_extents *e) {
  const ptrdiff_t channels = e->channels;
  FOR_EACH_WINDOW(e, {
    REAL *target = y + output;
    FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < channels; c++) target[c] = -(REAL)INFINITY;
    FOR_EACH_ELEMENT(e, {
      const REAL *source = x + element;
      FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < channels; c++) {
        target[c] =
            ((source[c] != source[c]) | (source[c] > target[c])) ? source[c] : target[c];
      }
    })
  })
}

FS_KERNEL void KERNEL(max_pool_backward)(const REAL *x, const REAL *y, const REAL *dy, REAL *dx,
                                         const fs_pool_extents *e) {
  enum { BUFFER = 256 };
  REAL received[BUFFER]; // the gradient that an element receives
  REAL rest[BUFFER];     // the gradient that no element has received yet
  const ptrdiff_t channels = e->channels;
  memset(dx, 0, (size_t)(e->height * e->width * channels) * sizeof(REAL));
  for (ptrdiff_t first = 0; first < channels; first += BUFFER) {
    const ptrdiff_t n = channels - first < BUFFER ? channels - first : BUFFER;
    FOR_EACH_WINDOW(e, {
      const REAL *greatest = y + output + first;
      memcpy(rest, dy + output + first, (size_t)n * sizeof(REAL));
      FOR_EACH_ELEMENT(e, {
        const REAL *source = x + element + first;
        REAL *target = dx + element + first;
        // Two loops, since the compiler would turn a single one into slow stores with masks.
        FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < n; c++) {
          const int both_nan = (source[c] != source[c]) & (greatest[c] != greatest[c]);
          const int is_greatest = (source[c] == greatest[c]) | both_nan;
          received[c] = is_greatest ? rest[c] : 0;
          rest[c] = is_greatest ? 0 : rest[c];
        }
        FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < n; c++) target[c] += received[c];
      })
    })
  }
}

// Returns the reciprocal of the number of elements of a window.
FS_INLINE REAL HELPER(share)(span rows, span columns, int counts_padding,
                             const fs_pool_extents *e) {
  const ptrdiff_t count = counts_padding
                              ? e->kernel_height * e->kernel_width
                              : (rows.end - rows.first) * (columns.end - columns.first);
  return 1 / (REAL)count;
}

FS_KERNEL void KERNEL(average_pool)(const REAL *x, REAL *y, int counts_padding,
                                    const fs_pool_extents *e) {
  const ptrdiff_t channels = e->channels;
  FOR_EACH_WINDOW(e, {
    REAL *target = y + output;
    for (ptrdiff_t c = 0; c < channels; c++) target[c] = 0;
    FOR_EACH_ELEMENT(e, {
      const REAL *source = x + element;
      FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < channels; c++) target[c] += source[c];
    })
    const REAL share = HELPER(share)(rows, columns, counts_padding, e);
    FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < channels; c++) target[c] *= share;
  })
}

FS_KERNEL void KERNEL(average_pool_backward)(const REAL *dy, REAL *dx, int counts_padding,
                                             const fs_pool_extents *e) {
  const ptrdiff_t channels = e->channels;
  memset(dx, 0, (size_t)(e->height * e->width * channels) * sizeof(REAL));
  FOR_EACH_WINDOW(e, {
    const REAL *source = dy + output;
    const REAL share = HELPER(share)(rows, columns, counts_padding, e);
    FOR_EACH_ELEMENT(e, {
      REAL *target = dx + element;
      FS_INDEPENDENT_SHORT for (ptrdiff_t c = 0; c < channels; c++) target[c] += source[c] * share;
    })
  })
}

#endif
