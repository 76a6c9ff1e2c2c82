// One time step of a simple recurrent network (Elman 1990), h = f(a).
//
// The only gate is joint, and h is the only state and the only kept value. The memory is described
// in recurrent.h.
#ifndef FORESIGHT_RNN_H
#define FORESIGHT_RNN_H

#include "recurrent.h"

void fs_rnn_tanh_forward(fs_scalar type, const fs_recurrent_step *step);
void fs_rnn_tanh_backward(fs_scalar type, const fs_recurrent_backward_step *step);

void fs_rnn_relu_forward(fs_scalar type, const fs_recurrent_step *step);
void fs_rnn_relu_backward(fs_scalar type, const fs_recurrent_backward_step *step);

#endif
