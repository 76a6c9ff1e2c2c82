// One time step of an LSTM.
//
//   i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o);   g = tanh(a_g)
//   c = f * c_prev + i * g;   h = o * tanh(c)
//
// Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000, and the gate order i, f,
// g, o of PyTorch's nn.LSTM. All four gates are joint. c is the only state in addition to h. The
// kept values are i, f, g and o. The memory is described in recurrent.h.
#ifndef FORESIGHT_LSTM_H
#define FORESIGHT_LSTM_H

#include "recurrent.h"

void fs_lstm_forward(fs_scalar type, const fs_recurrent_step *step);
void fs_lstm_backward(fs_scalar type, const fs_recurrent_backward_step *step);

#endif
