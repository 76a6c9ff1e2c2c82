// A matrix product with a right operand that is packed once and used many times: the recurrence of an
// LSTM, a small dense layer. Where extents are small, a BLAS spends its time on packing both operands
// at every call; here the left one is read as it lies.
#ifndef FORESIGHT_PACKED_GEMM_H
#define FORESIGHT_PACKED_GEMM_H

#include <stddef.h>

// The number of elements of a packed [K, N].
ptrdiff_t fs_packed_count_f32(ptrdiff_t K, ptrdiff_t N);
ptrdiff_t fs_packed_count_f64(ptrdiff_t K, ptrdiff_t N);

// Packs B [K, N]: element (k, n) is at b[k * stride + n], or at b[n * stride + k] if transposed. It
// becomes rows first ... first + K - 1 and columns column ... column + N - 1 of a packed matrix of
// depth rows; packed must be aligned to 64 bytes. What its last panel has behind these columns becomes
// zeros: a matrix of several parts is packed from left to right.
void fs_pack_f32(const float *b, ptrdiff_t stride, int transposed, ptrdiff_t K, ptrdiff_t N,
                 float *packed, ptrdiff_t first, ptrdiff_t column, ptrdiff_t depth);
void fs_pack_f64(const double *b, ptrdiff_t stride, int transposed, ptrdiff_t K, ptrdiff_t N,
                 double *packed, ptrdiff_t first, ptrdiff_t column, ptrdiff_t depth);

// Copies A [M, K], element (m, k) at a[m * stride + k], or at a[k * stride + m] if transposed, to rows
// that are rows_stride apart: the form in which a product reads its left operand.
void fs_copy_rows_f32(const float *a, ptrdiff_t stride, int transposed, ptrdiff_t M, ptrdiff_t K,
                      float *rows, ptrdiff_t rows_stride);
void fs_copy_rows_f64(const double *a, ptrdiff_t stride, int transposed, ptrdiff_t M, ptrdiff_t K,
                      double *rows, ptrdiff_t rows_stride);

// C [M, N] = A [M, K] B + (accumulate ? C : bias), row-major with row strides. bias [N] may be NULL:
// zeros. Every element is one chain of fused products in the order of k, whatever M and N are.
void fs_packed_gemm_f32(const float *a, ptrdiff_t a_stride, const float *packed, const float *bias,
                        int accumulate, float *c, ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N,
                        ptrdiff_t K);
void fs_packed_gemm_f64(const double *a, ptrdiff_t a_stride, const double *packed,
                        const double *bias, int accumulate, double *c, ptrdiff_t c_stride,
                        ptrdiff_t M, ptrdiff_t N, ptrdiff_t K);

#endif
