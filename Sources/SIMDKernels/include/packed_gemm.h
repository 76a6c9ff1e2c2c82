// A matrix product with a right operand that is packed once and used many times, as in the
// recurrence of an LSTM or in a small dense layer. If extents are small, a BLAS spends its time on
// packing both operands at every call. Here the left operand is read without a copy.
#ifndef FORESIGHT_PACKED_GEMM_H
#define FORESIGHT_PACKED_GEMM_H

#include <stddef.h>

// Returns the number of elements of a packed [K, N].
ptrdiff_t fs_packed_count_f32(ptrdiff_t K, ptrdiff_t N);
ptrdiff_t fs_packed_count_f64(ptrdiff_t K, ptrdiff_t N);

// Packs B [K, N], whose element (k, n) is at b[k * stride + n], or at b[n * stride + k] if
// transposed. B becomes rows first ... first + K - 1 and columns column ... column + N - 1 of a
// packed matrix with depth rows. packed must be aligned to 64 bytes. The elements after these
// columns in the last panel become zeros, so a matrix of several parts must be packed from left to
// right.
void fs_pack_f32(const float *b, ptrdiff_t stride, int transposed, ptrdiff_t K, ptrdiff_t N,
                 float *packed, ptrdiff_t first, ptrdiff_t column, ptrdiff_t depth);
void fs_pack_f64(const double *b, ptrdiff_t stride, int transposed, ptrdiff_t K, ptrdiff_t N,
                 double *packed, ptrdiff_t first, ptrdiff_t column, ptrdiff_t depth);

// Copies A [M, K], whose element (m, k) is at a[m * stride + k], or at a[k * stride + m] if
// transposed, to rows at a distance of rows_stride. A product reads its left operand in this form.
void fs_copy_rows_f32(const float *a, ptrdiff_t stride, int transposed, ptrdiff_t M, ptrdiff_t K,
                      float *rows, ptrdiff_t rows_stride);
void fs_copy_rows_f64(const double *a, ptrdiff_t stride, int transposed, ptrdiff_t M, ptrdiff_t K,
                      double *rows, ptrdiff_t rows_stride);

// C [M, N] = A [M, K] B + (accumulate ? C : bias), row-major with row strides. bias [N] may be NULL
// for zeros. Every element is one chain of fused multiply-adds in the order of k, whatever M and N
// are.
void fs_packed_gemm_f32(const float *a, ptrdiff_t a_stride, const float *packed, const float *bias,
                        int accumulate, float *c, ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N,
                        ptrdiff_t K);
void fs_packed_gemm_f64(const double *a, ptrdiff_t a_stride, const double *packed,
                        const double *bias, int accumulate, double *c, ptrdiff_t c_stride,
                        ptrdiff_t M, ptrdiff_t N, ptrdiff_t K);

// The rows of a left operand in pieces, as those of a convolution, which lie in several places of
// its input. Element k of piece p of row m is at a[offsets[p] + m * stride + k * step].
typedef struct {
  const ptrdiff_t *offsets; // one for each piece; NULL for zeros
  ptrdiff_t count;          // the number of pieces
  ptrdiff_t length;         // the number of elements of a piece
  ptrdiff_t stride, step;
} fs_pieces;

// Like packed_gemm, for rows in pieces, with K = count * length.
void fs_packed_gemm_of_pieces_f32(const float *a, const fs_pieces *rows, const float *packed,
                                  const float *bias, int accumulate, float *c, ptrdiff_t c_stride,
                                  ptrdiff_t M, ptrdiff_t N);
void fs_packed_gemm_of_pieces_f64(const double *a, const fs_pieces *rows, const double *packed,
                                  const double *bias, int accumulate, double *c,
                                  ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N);

#endif
