// One time step of an LSTM, after the matrix products.
//
//   i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o);   g = tanh(a_g)
//   c = f * c_prev + i * g;   h = o * tanh(c)
//
// Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; gate order i, f, g, o as
// in PyTorch's nn.LSTM. Extents: B rows (batch), H hidden units. The cells and states are dense
// [B, H]; the gates are rows of 4H with a leading dimension of their own.
#ifndef FORESIGHT_LSTM_H
#define FORESIGHT_LSTM_H

#include <stddef.h>

// gates: in a (before the activation) with biases added, out i, f, g, o in place. [B, 4H], row
// stride gates_stride. c_prev [B, H] in; c [B, H] and h [B, H] out. h has row stride h_stride.
// c may be the same array as c_prev.
void fs_lstm_cell_forward_f32(float *gates, ptrdiff_t gates_stride, const float *c_prev, float *c,
                              float *h, ptrdiff_t h_stride, ptrdiff_t B, ptrdiff_t H);
void fs_lstm_cell_forward_f64(double *gates, ptrdiff_t gates_stride, const double *c_prev,
                              double *c, double *h, ptrdiff_t h_stride, ptrdiff_t B, ptrdiff_t H);

// gates: in i, f, g, o as forward left them, out the gradients of a in place. c_prev and c are
// forward's; dh [B, H] (row stride dh_stride) is the gradient of h; dc [B, H] is the gradient of c
// from the step after, and is replaced by the gradient of c_prev.
void fs_lstm_cell_backward_f32(float *gates, ptrdiff_t gates_stride, const float *c_prev,
                               const float *c, const float *dh, ptrdiff_t dh_stride, float *dc,
                               ptrdiff_t B, ptrdiff_t H);
void fs_lstm_cell_backward_f64(double *gates, ptrdiff_t gates_stride, const double *c_prev,
                               const double *c, const double *dh, ptrdiff_t dh_stride, double *dc,
                               ptrdiff_t B, ptrdiff_t H);

#endif
