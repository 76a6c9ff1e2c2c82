// Transposes and strided copies. The contracts are in layout.h.
#ifndef REAL
#include "layout.h"

#include "dispatch.h"

enum {
  BLOCK = 32, // a square whose rows and columns stay in the first-level cache
  MAXIMUM_RANK = 8,
  SHORT_RUN = 64, // elements
};

// One axis of a strided copy: its extent and its strides on both sides.
typedef struct {
  ptrdiff_t extent;
  ptrdiff_t stride; // on the strided side
  ptrdiff_t pitch;  // on the dense side
} axis;

// A strided copy as planes of rows and columns, with one plane for each position of the outer axes.
typedef struct {
  axis rows;
  axis columns;
  int outer_rank;
  axis outer[MAXIMUM_RANK];
  ptrdiff_t planes;
} strided_planes;

// Merges axes that are adjacent in memory on both sides, and drops axes with one element. Returns
// the number of remaining axes.
static int joined_axes(const ptrdiff_t *strides, const ptrdiff_t *shape, int rank, axis *axes) {
  int count = 0;
  ptrdiff_t pitch = 1;
  // From the innermost axis outward. Their order is set below.
  for (int a = rank - 1; a >= 0; a--) {
    axis *inner = count > 0 ? &axes[count - 1] : NULL;
    if (shape[a] == 1) continue;
    if (inner != NULL && strides[a] == inner->stride * inner->extent) {
      inner->extent *= shape[a];
    } else {
      axes[count++] = (axis){shape[a], strides[a], pitch};
    }
    pitch *= shape[a];
  }
  return count;
}

// Chooses the innermost axis as the columns. The rows are an axis of stride 1 if there is one,
// since a plane is then a transpose, which is read and written in runs. Otherwise they are the next
// axis.
static strided_planes planes_of(const ptrdiff_t *strides, const ptrdiff_t *shape, int rank) {
  axis axes[MAXIMUM_RANK]; // from the innermost outward
  const int count = joined_axes(strides, shape, rank, axes);
  const axis single = {1, 0, 0};
  int row = 1;
  for (int a = 1; a < count; a++) {
    if (axes[a].stride == 1) row = a;
  }
  strided_planes result = {
      .rows = count > 1 ? axes[row] : single, .columns = count > 0 ? axes[0] : single, .planes = 1};
  for (int a = 1; a < count; a++) {
    if (a == row) continue;
    result.outer[result.outer_rank++] = axes[a];
    result.planes *= axes[a].extent;
  }
  return result;
}

// Finds the start of a plane on both sides.
FS_INLINE void find_plane(const strided_planes *copy, ptrdiff_t plane, ptrdiff_t *strided,
                          ptrdiff_t *dense) {
  *strided = 0;
  *dense = 0;
  for (int a = 0; a < copy->outer_rank; a++) {
    const ptrdiff_t position = plane % copy->outer[a].extent;
    plane /= copy->outer[a].extent;
    *strided += position * copy->outer[a].stride;
    *dense += position * copy->outer[a].pitch;
  }
}

#define FS_TEMPLATE "layout.c"
#include "real_types.h"

#else

#include "transposes.h"

FS_INLINE void HELPER(transpose_plane)(const REAL *x, ptrdiff_t x_stride, REAL *y,
                                       ptrdiff_t y_stride, ptrdiff_t rows, ptrdiff_t columns,
                                       int accumulate) {
  for (ptrdiff_t r = 0; r < rows; r += BLOCK) {
    const ptrdiff_t height = rows - r < BLOCK ? rows - r : BLOCK;
    for (ptrdiff_t c = 0; c < columns; c += BLOCK) {
      const ptrdiff_t width = columns - c < BLOCK ? columns - c : BLOCK;
      HELPER(transpose_block)
      (x + r * x_stride + c, x_stride, y + c * y_stride + r, y_stride, height, width, accumulate);
    }
  }
}

FS_KERNEL void KERNEL(transpose)(const REAL *x, REAL *y, ptrdiff_t batch, ptrdiff_t rows,
                                 ptrdiff_t columns) {
  for (ptrdiff_t b = 0; b < batch; b++) {
    const ptrdiff_t start = b * rows * columns;
    HELPER(transpose_plane)(x + start, columns, y + start, rows, rows, columns, 0);
  }
}

// Copies a run. A call of memcpy would cost more than the copy of a short one.
FS_INLINE void HELPER(copy_run)(const REAL *x, REAL *y, ptrdiff_t n) {
  if (n > SHORT_RUN) {
    memcpy(y, x, (size_t)n * sizeof(REAL));
    return;
  }
  FS_INDEPENDENT_SHORT for (ptrdiff_t i = 0; i < n; i++) y[i] = x[i];
}

FS_INLINE void HELPER(gather_plane)(const REAL *x, REAL *y, axis rows, axis columns) {
  if (rows.stride == 1 && columns.stride != 1) {
    HELPER(transpose_plane)
    (x, columns.stride, y, rows.pitch, columns.extent, rows.extent, 0);
    return;
  }
  for (ptrdiff_t r = 0; r < rows.extent; r++) {
    const REAL *source = x + r * rows.stride;
    REAL *target = y + r * rows.pitch;
    if (columns.stride == 1) {
      HELPER(copy_run)(source, target, columns.extent);
    } else {
      for (ptrdiff_t c = 0; c < columns.extent; c++) target[c] = source[c * columns.stride];
    }
  }
}

FS_KERNEL void KERNEL(gather_strided)(const REAL *x, const ptrdiff_t *strides,
                                      const ptrdiff_t *shape, int rank, REAL *y) {
  const strided_planes copy = planes_of(strides, shape, rank);
  for (ptrdiff_t plane = 0; plane < copy.planes; plane++) {
    ptrdiff_t strided, dense;
    find_plane(&copy, plane, &strided, &dense);
    HELPER(gather_plane)(x + strided, y + dense, copy.rows, copy.columns);
  }
}

FS_INLINE void HELPER(scatter_plane)(const REAL *x, REAL *y, axis rows, axis columns,
                                     int accumulate) {
  if (rows.stride == 1 && columns.stride != 1) {
    HELPER(transpose_plane)
    (x, rows.pitch, y, columns.stride, rows.extent, columns.extent, accumulate);
    return;
  }
  for (ptrdiff_t r = 0; r < rows.extent; r++) {
    const REAL *source = x + r * rows.pitch;
    REAL *target = y + r * rows.stride;
    if (!accumulate && columns.stride == 1) {
      HELPER(copy_run)(source, target, columns.extent);
    } else if (!accumulate) {
      for (ptrdiff_t c = 0; c < columns.extent; c++) target[c * columns.stride] = source[c];
    } else if (columns.stride == 1) {
      FS_INDEPENDENT for (ptrdiff_t c = 0; c < columns.extent; c++) target[c] += source[c];
    } else {
      // The loop is not marked as independent: with a stride of 0, every element is added at the
      // same address.
      for (ptrdiff_t c = 0; c < columns.extent; c++) target[c * columns.stride] += source[c];
    }
  }
}

FS_KERNEL void KERNEL(scatter_strided)(const REAL *x, const ptrdiff_t *strides,
                                       const ptrdiff_t *shape, int rank, int accumulate, REAL *y) {
  const strided_planes copy = planes_of(strides, shape, rank);
  for (ptrdiff_t plane = 0; plane < copy.planes; plane++) {
    ptrdiff_t strided, dense;
    find_plane(&copy, plane, &strided, &dense);
    if (accumulate) {
      HELPER(scatter_plane)(x + dense, y + strided, copy.rows, copy.columns, 1);
    } else {
      HELPER(scatter_plane)(x + dense, y + strided, copy.rows, copy.columns, 0);
    }
  }
}

#endif
