// Matrix products with a packed right operand; the contract is in packed_gemm.h.
//
// B is packed in panels of one 64-byte vector's columns, k after k, the last panel filled up with
// zeros. A tile of C is a few rows by one panel and stays in registers while k runs: each step loads
// one vector of B and multiplies it by one broadcast element of A a row. How many rows depends on
// the registers: 14 with the 32 of AVX-512; 6 with the 16 of AVX, where a panel is two registers
// wide.
#ifndef REAL
#include "packed_gemm.h"

#define FS_TEMPLATE "packed_gemm.c"
#include "real_types.h"

#else

#define VECTOR HELPER(vector)
#define LANES ((ptrdiff_t)(64 / sizeof(REAL)))

typedef REAL VECTOR __attribute__((vector_size(64)));
typedef REAL HELPER(unaligned_vector) __attribute__((vector_size(64), aligned(sizeof(REAL))));

ptrdiff_t KERNEL(packed_count)(ptrdiff_t K, ptrdiff_t N) { return (N + LANES - 1) / LANES * LANES * K; }

FS_KERNEL void KERNEL(pack)(const REAL *b, ptrdiff_t stride, int transposed, ptrdiff_t K,
                            ptrdiff_t N, REAL *packed) {
  for (ptrdiff_t first = 0; first < N; first += LANES) {
    const ptrdiff_t columns = N - first < LANES ? N - first : LANES;
    for (ptrdiff_t k = 0; k < K; k++) {
      const REAL *source = transposed ? b + first * stride + k : b + k * stride + first;
      const ptrdiff_t step = transposed ? stride : 1;
      for (ptrdiff_t n = 0; n < columns; n++) packed[n] = source[n * step];
      for (ptrdiff_t n = columns; n < LANES; n++) packed[n] = 0;
      packed += LANES;
    }
  }
}

// One tile: `rows` rows (a constant where this is inlined) by one panel, of which `columns` count.
FS_INLINE void HELPER(tile)(const REAL *a, ptrdiff_t a_stride, const REAL *panel, const REAL *bias,
                            int accumulate, REAL *c, ptrdiff_t c_stride, const ptrdiff_t rows,
                            ptrdiff_t columns, ptrdiff_t K) {
  VECTOR sums[16];
  VECTOR start = {0};
  if (!accumulate && bias) memcpy(&start, bias, (size_t)columns * sizeof(REAL));
#pragma clang loop unroll(full)
  for (ptrdiff_t r = 0; r < rows; r++) {
    sums[r] = start;
    if (accumulate) {
      if (columns == LANES) {
        sums[r] = *(const HELPER(unaligned_vector) *)(c + r * c_stride);
      } else {
        memcpy(&sums[r], c + r * c_stride, (size_t)columns * sizeof(REAL));
      }
    }
  }
  for (ptrdiff_t k = 0; k < K; k++) {
    const VECTOR b = *(const VECTOR *)(panel + k * LANES);
#pragma clang loop unroll(full)
    for (ptrdiff_t r = 0; r < rows; r++) sums[r] += a[r * a_stride + k] * b;
  }
#pragma clang loop unroll(full)
  for (ptrdiff_t r = 0; r < rows; r++) {
    if (columns == LANES) {
      *(HELPER(unaligned_vector) *)(c + r * c_stride) = sums[r];
    } else {
      memcpy(c + r * c_stride, &sums[r], (size_t)columns * sizeof(REAL));
    }
  }
}

// All rows of one panel, `most` (a constant where this is inlined) at a time.
FS_INLINE void HELPER(all_panels)(const REAL *a, ptrdiff_t a_stride, const REAL *packed,
                                  const REAL *bias, int accumulate, REAL *c, ptrdiff_t c_stride,
                                  ptrdiff_t M, ptrdiff_t N, ptrdiff_t K, const ptrdiff_t most) {
  for (ptrdiff_t n = 0; n < N; n += LANES, packed += LANES * K) {
    const ptrdiff_t columns = N - n < LANES ? N - n : LANES;
    const REAL *start = bias ? bias + n : NULL;
    ptrdiff_t m = 0;
#define TILE(rows)                                                                             \
  HELPER(tile)(a + m * a_stride, a_stride, packed, start, accumulate, c + m * c_stride + n,    \
               c_stride, rows, columns, K)
    for (; m + most <= M; m += most) TILE(most);
    switch (M - m) {
#define REST(rows) \
  case rows:       \
    if (rows < most) TILE(rows); \
    break;
      REST(1) REST(2) REST(3) REST(4) REST(5) REST(6) REST(7) REST(8) REST(9) REST(10) REST(11)
      REST(12) REST(13)
    }
#undef REST
#undef TILE
  }
}

#define FS_PACKED_GEMM_PARAMETERS                                                                \
  const REAL *a, ptrdiff_t a_stride, const REAL *packed, const REAL *bias, int accumulate,       \
      REAL *c, ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N, ptrdiff_t K
#define FS_PACKED_GEMM_ARGUMENTS a, a_stride, packed, bias, accumulate, c, c_stride, M, N, K

#if FS_HAS_DISPATCH
__attribute__((target("arch=x86-64-v4"))) static void HELPER(packed_gemm_v4)(
    FS_PACKED_GEMM_PARAMETERS) {
  HELPER(all_panels)(FS_PACKED_GEMM_ARGUMENTS, 14);
}

__attribute__((target("arch=x86-64-v3"))) static void HELPER(packed_gemm_v3)(
    FS_PACKED_GEMM_PARAMETERS) {
  HELPER(all_panels)(FS_PACKED_GEMM_ARGUMENTS, 6);
}
#endif

static void HELPER(packed_gemm_baseline)(FS_PACKED_GEMM_PARAMETERS) {
  HELPER(all_panels)(FS_PACKED_GEMM_ARGUMENTS, 3);
}

void KERNEL(packed_gemm)(FS_PACKED_GEMM_PARAMETERS) {
#if FS_HAS_DISPATCH
  // Tiles differ in their rows, which target_clones cannot express.
  if (__builtin_cpu_supports("x86-64-v4")) {
    HELPER(packed_gemm_v4)(FS_PACKED_GEMM_ARGUMENTS);
    return;
  }
  if (__builtin_cpu_supports("x86-64-v3")) {
    HELPER(packed_gemm_v3)(FS_PACKED_GEMM_ARGUMENTS);
    return;
  }
#endif
  HELPER(packed_gemm_baseline)(FS_PACKED_GEMM_ARGUMENTS);
}

#undef FS_PACKED_GEMM_PARAMETERS
#undef FS_PACKED_GEMM_ARGUMENTS
#undef VECTOR
#undef LANES

#endif
