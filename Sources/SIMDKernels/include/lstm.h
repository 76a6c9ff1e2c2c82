// One time step of an LSTM.
//
//   a = W [h_prev | x] + b
//   i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o);   g = tanh(a_g)
//   c = f * c_prev + i * g;   h = o * tanh(c)
//
// Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; gate order i, f, g, o as
// in PyTorch's nn.LSTM. Extents: B rows (batch), H hidden units, K elements of [h_prev | x]. The
// cells are dense [B, H]; other rows have strides of their own.
#ifndef FORESIGHT_LSTM_H
#define FORESIGHT_LSTM_H

#include <stddef.h>

// Packs W [4H, K], row stride weight_stride, for the step forward: rows first ... first + K - 1 of a
// packed [depth, 4H], whose columns are in the order that the step computes them in. So is the bias,
// a W [4H, 1]. The numbers of elements are those of fs_packed_count.
void fs_lstm_pack_f32(const float *weight, ptrdiff_t weight_stride, ptrdiff_t H, ptrdiff_t K,
                      float *packed, ptrdiff_t first, ptrdiff_t depth);
void fs_lstm_pack_f64(const double *weight, ptrdiff_t weight_stride, ptrdiff_t H, ptrdiff_t K,
                      double *packed, ptrdiff_t first, ptrdiff_t depth);

// The step forward, product included.
//
// rows: [h_prev | x], [B, K], row stride rows_stride. packed and bias: as fs_lstm_pack leaves them.
// gates: out i, f, g, o, [B, 4H], row stride gates_stride; NULL if they are not wanted. c_prev in, c
// and h out; h has row stride h_stride. c may be the same array as c_prev; h must not overlap rows.
// reversed: 1 to compute the last units first, 0 the first; the result is the same.
void fs_lstm_step_forward_f32(const float *rows, ptrdiff_t rows_stride, const float *packed,
                              const float *bias, float *gates, ptrdiff_t gates_stride,
                              const float *c_prev, float *c, float *h, ptrdiff_t h_stride,
                              ptrdiff_t B, ptrdiff_t H, ptrdiff_t K, int reversed);
void fs_lstm_step_forward_f64(const double *rows, ptrdiff_t rows_stride, const double *packed,
                              const double *bias, double *gates, ptrdiff_t gates_stride,
                              const double *c_prev, double *c, double *h, ptrdiff_t h_stride,
                              ptrdiff_t B, ptrdiff_t H, ptrdiff_t K, int reversed);

// The way back through gates and cell, up to the gradient of a.
//
// gates: i, f, g, o as forward left them; da: out the gradients of a, may be the same array. Both
// [B, 4H] with row stride gates_stride. c_prev and c are forward's. dh is the gradient of h from the
// step after, dy that from above (NULL for none), [B, H] with row strides dh_stride and dy_stride.
// dc: in the gradient of c from the step after, out that of c_prev.
void fs_lstm_cell_backward_f32(const float *gates, float *da, ptrdiff_t gates_stride,
                               const float *c_prev, const float *c, const float *dh,
                               ptrdiff_t dh_stride, const float *dy, ptrdiff_t dy_stride, float *dc,
                               ptrdiff_t B, ptrdiff_t H);
void fs_lstm_cell_backward_f64(const double *gates, double *da, ptrdiff_t gates_stride,
                               const double *c_prev, const double *c, const double *dh,
                               ptrdiff_t dh_stride, const double *dy, ptrdiff_t dy_stride,
                               double *dc, ptrdiff_t B, ptrdiff_t H);

#endif
