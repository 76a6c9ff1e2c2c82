// Matrix products with a packed right operand. The contract is in packed_gemm.h.
//
// B is packed in panels with the columns of one 64-byte vector, in the order of k. The last panel
// is padded with zeros. A tile of C is a few rows by one panel and stays in registers while k runs:
// each step loads one vector of B and multiplies it by one broadcast element of A per row. The
// number of rows depends on the registers: 14 with the 32 registers of AVX-512, and 6 with the 16
// registers of AVX, where a panel is two registers wide.
#ifndef REAL
#include "packed_gemm.h"

#define FS_TEMPLATE "packed_gemm.c"
#include "real_types.h"

#else

#define VECTOR HELPER(vector)
#define LANES ((ptrdiff_t)(64 / sizeof(REAL)))

typedef REAL VECTOR __attribute__((vector_size(64)));
typedef REAL HELPER(unaligned_vector) __attribute__((vector_size(64), aligned(sizeof(REAL))));

ptrdiff_t KERNEL(packed_count)(ptrdiff_t K, ptrdiff_t N) {
  return (N + LANES - 1) / LANES * LANES * K;
}

#include "transposes.h"

FS_KERNEL void KERNEL(pack)(const REAL *b, ptrdiff_t stride, int transposed, ptrdiff_t K,
                            ptrdiff_t N, REAL *packed, ptrdiff_t first, ptrdiff_t column,
                            ptrdiff_t depth) {
  ptrdiff_t columns;
  for (ptrdiff_t start = 0; start < N; start += columns) {
    const ptrdiff_t lane = (column + start) % LANES;
    columns = N - start < LANES - lane ? N - start : LANES - lane;
    REAL *target = packed + (column + start - lane) * depth + first * LANES + lane;
    if (transposed) {
      HELPER(transpose_block)(b + start * stride, stride, target, LANES, columns, K, 0);
    } else {
      for (ptrdiff_t k = 0; k < K; k++) {
        memcpy(target + k * LANES, b + k * stride + start, (size_t)columns * sizeof(REAL));
      }
    }
    const ptrdiff_t rest = LANES - lane - columns;
    for (ptrdiff_t k = 0; k < K && rest > 0; k++) {
      memset(target + k * LANES + columns, 0, (size_t)rest * sizeof(REAL));
    }
  }
}

FS_KERNEL void KERNEL(copy_rows)(const REAL *a, ptrdiff_t stride, int transposed, ptrdiff_t M,
                                 ptrdiff_t K, REAL *rows, ptrdiff_t rows_stride) {
  if (transposed) {
    HELPER(transpose_block)(a, stride, rows, rows_stride, K, M, 0);
  } else {
    for (ptrdiff_t m = 0; m < M; m++) {
      memcpy(rows + m * rows_stride, a + m * stride, (size_t)K * sizeof(REAL));
    }
  }
}

// Loads and stores for a row's vector, which may be the last one with only `columns` elements. A
// partial vector is copied through another variable: if the address of a sum is taken for a memcpy,
// the sum is not kept in a register, which costs a fifth of the speed.
FS_INLINE void HELPER(load)(VECTOR *vector, const REAL *source, ptrdiff_t columns) {
  if (columns >= LANES) {
    *vector = *(const HELPER(unaligned_vector) *)source;
  } else {
    VECTOR part = {0};
    memcpy(&part, source, (size_t)columns * sizeof(REAL));
    *vector = part;
  }
}

FS_INLINE void HELPER(store)(REAL *target, const VECTOR *vector, ptrdiff_t columns) {
  if (columns >= LANES) {
    *(HELPER(unaligned_vector) *)target = *vector;
  } else {
    const VECTOR part = *vector;
    memcpy(target, &part, (size_t)columns * sizeof(REAL));
  }
}

// One tile: `rows` rows by `panels` panels (constants after inlining), of which `columns` columns
// exist.
FS_INLINE void HELPER(tile)(const REAL *a, const fs_pieces *pieces, const REAL *packed,
                            const REAL *bias, int accumulate, REAL *c, ptrdiff_t c_stride,
                            ptrdiff_t columns, const ptrdiff_t rows, const ptrdiff_t panels) {
  const ptrdiff_t stride = pieces->stride, step = pieces->step, length = pieces->length;
  const ptrdiff_t K = pieces->count * length;
  VECTOR sums[16];
#pragma clang loop unroll(full)
  for (ptrdiff_t p = 0; p < panels; p++) {
    VECTOR start = {0};
    if (!accumulate && bias) HELPER(load)(&start, bias + p * LANES, columns - p * LANES);
#pragma clang loop unroll(full)
    for (ptrdiff_t r = 0; r < rows; r++) {
      sums[p * rows + r] = start;
      if (accumulate) {
        HELPER(load)(&sums[p * rows + r], c + r * c_stride + p * LANES, columns - p * LANES);
      }
    }
  }
  for (ptrdiff_t piece = 0; piece < pieces->count; piece++) {
    const REAL *left = a + (pieces->offsets ? pieces->offsets[piece] : 0);
    const REAL *right = packed + piece * length * LANES;
    for (ptrdiff_t k = 0; k < length; k++) {
#pragma clang loop unroll(full)
      for (ptrdiff_t p = 0; p < panels; p++) {
        const VECTOR b = *(const VECTOR *)(right + (p * K + k) * LANES);
#pragma clang loop unroll(full)
        for (ptrdiff_t r = 0; r < rows; r++) sums[p * rows + r] += left[r * stride + k * step] * b;
      }
    }
  }
#pragma clang loop unroll(full)
  for (ptrdiff_t p = 0; p < panels; p++) {
#pragma clang loop unroll(full)
    for (ptrdiff_t r = 0; r < rows; r++) {
      HELPER(store)(c + r * c_stride + p * LANES, &sums[p * rows + r], columns - p * LANES);
    }
  }
}

// The complete product. The rows are split into blocks of nearly equal size, of at most `most`
// rows: a small remainder would have too few sums to hide the latency of a fused multiply-add. A
// product of one to three rows has the same problem, so it processes `wide` panels at a time.
FS_INLINE void HELPER(product)(const REAL *a, const fs_pieces *pieces, const REAL *packed,
                               const REAL *bias, int accumulate, REAL *c, ptrdiff_t c_stride,
                               ptrdiff_t M, ptrdiff_t N, const ptrdiff_t most,
                               const ptrdiff_t wide) {
  const ptrdiff_t K = pieces->count * pieces->length;
  const ptrdiff_t blocks = (M + most - 1) / most;
  ptrdiff_t n = 0;
#define TILE(rows, panels)                                                                      \
  case rows:                                                                                    \
    if (rows <= most) {                                                                         \
      HELPER(tile)(a + m * pieces->stride, pieces, packed + n * K, bias ? bias + n : NULL,      \
                   accumulate, c + m * c_stride + n, c_stride, N - n, rows, panels);            \
    }                                                                                           \
    break;
  for (ptrdiff_t m = 0; M <= 3 && n + wide * LANES <= N; n += wide * LANES) {
    switch (M) { TILE(1, wide) TILE(2, wide) TILE(3, wide) }
  }
  for (; n < N; n += LANES) {
    for (ptrdiff_t block = 0, m = 0; block < blocks; block++) {
      const ptrdiff_t rows = M / blocks + (block < M % blocks);
      switch (rows) {
        TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1) TILE(7, 1)
        TILE(8, 1) TILE(9, 1) TILE(10, 1) TILE(11, 1) TILE(12, 1) TILE(13, 1) TILE(14, 1)
      }
      m += rows;
    }
  }
#undef TILE
}

// Defines a product with the given name and parameters, for the best instruction set at run time.
// `left` describes the rows of A. If they are in one piece, it has constants, which the compiler
// folds: with variables instead, small products took up to 1.4 times as long.
//
// Tiles differ in their number of rows, which target_clones cannot express. Without a minimum,
// clang uses two 256-bit registers for a vector. On an idle Zen 4, which executes 512 bits in two
// halves, both forms run at 113 GFLOP/s. If another thread shares the core, this form runs at 110
// and the other at 82.
#define FS_PRODUCT(left, most, wide)                                                             \
  {                                                                                              \
    const fs_pieces pieces = left;                                                               \
    HELPER(product)(a, &pieces, packed, bias, accumulate, c, c_stride, M, N, most, wide);        \
  }
#if FS_HAS_DISPATCH
#define FS_DEFINE_PRODUCT(name, left, parameters, arguments)                                     \
  __attribute__((target("arch=x86-64-v4"), min_vector_width(512))) static void HELPER(           \
      name##_v4) parameters FS_PRODUCT(left, 14, 4)                                              \
  __attribute__((target("arch=x86-64-v3"))) static void HELPER(name##_v3)                        \
      parameters FS_PRODUCT(left, 6, 2)                                                          \
  static void HELPER(name##_baseline) parameters FS_PRODUCT(left, 3, 1)                          \
  void KERNEL(name) parameters {                                                                 \
    if (__builtin_cpu_supports("x86-64-v4")) {                                                   \
      HELPER(name##_v4) arguments;                                                               \
    } else if (__builtin_cpu_supports("x86-64-v3")) {                                            \
      HELPER(name##_v3) arguments;                                                               \
    } else {                                                                                     \
      HELPER(name##_baseline) arguments;                                                         \
    }                                                                                            \
  }
#else
#define FS_DEFINE_PRODUCT(name, left, parameters, arguments)                                     \
  void KERNEL(name) parameters FS_PRODUCT(left, 3, 1)
#endif

#define FS_ROWS_IN_ONE_PIECE                                                                     \
  ((fs_pieces){.offsets = NULL, .count = 1, .length = K, .stride = a_stride, .step = 1})
FS_DEFINE_PRODUCT(packed_gemm, FS_ROWS_IN_ONE_PIECE,
                  (const REAL *a, ptrdiff_t a_stride, const REAL *packed, const REAL *bias,
                   int accumulate, REAL *c, ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N,
                   ptrdiff_t K),
                  (a, a_stride, packed, bias, accumulate, c, c_stride, M, N, K))
FS_DEFINE_PRODUCT(packed_gemm_of_pieces, *rows,
                  (const REAL *a, const fs_pieces *rows, const REAL *packed, const REAL *bias,
                   int accumulate, REAL *c, ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N),
                  (a, rows, packed, bias, accumulate, c, c_stride, M, N))

#undef FS_PRODUCT
#undef FS_DEFINE_PRODUCT
#undef FS_ROWS_IN_ONE_PIECE
#undef VECTOR
#undef LANES

#endif
