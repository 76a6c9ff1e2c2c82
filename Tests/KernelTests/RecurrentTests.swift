import RealModule
import ReferenceKernels
import Testing

// The recurrent layers of the reference, pinned to PyTorch 2.13:
//
//     import torch
//
//     def wave(f, *shape):
//         n = torch.Size(shape).numel()
//         return f(torch.arange(n, dtype=torch.float64)).reshape(shape)
//
//     T, B, D, H = 3, 2, 4, 5
//     G = 4, 3 or 1
//     layer = torch.nn.LSTM(D, H).double(), torch.nn.GRU(D, H).double() or
//       torch.nn.RNN(D, H, nonlinearity=...).double()
//     with torch.no_grad():
//         layer.weight_ih_l0.copy_(wave(torch.sin, G * H, D) / 2)
//         layer.weight_hh_l0.copy_(wave(torch.cos, G * H, H) / 2)
//         layer.bias_ih_l0.copy_(wave(torch.cos, G * H) / 4)
//         layer.bias_hh_l0.copy_(wave(torch.sin, G * H) / 4)
//     x = wave(torch.cos, T, B, D).requires_grad_()
//     h0 = wave(torch.sin, 1, B, H).div(2).requires_grad_()
//     c0 = wave(torch.cos, 1, B, H).requires_grad_()      # LSTM
//     y, (_, c) = layer(x, (h0, c0))                       # others: y, _ = layer(x, h0)
//     loss = (y * wave(torch.sin, T, B, H)).sum()
//     loss += (c * wave(torch.cos, 1, B, H)).sum()         # LSTM
//     loss.backward()
@Suite struct RecurrentTests {
  let extents = Reference.SequenceExtents(T: 3, B: 2, D: 4, H: 5)
  let x = ramp(3 * 2 * 4, Double.cos)
  let h0 = ramp(2 * 5, Double.sin).map { $0 / 2 }
  let c0 = ramp(2 * 5, Double.cos)
  let dh = ramp(3 * 2 * 5, Double.sin)
  let dcFinal = ramp(2 * 5, Double.cos)

  func parameters(gates: Int) -> Reference.RecurrentParameters<Double> {
    Reference.RecurrentParameters(
      weightIH: ramp(gates * 5 * 4, Double.sin).map { $0 / 2 },
      weightHH: ramp(gates * 5 * 5, Double.cos).map { $0 / 2 },
      biasIH: ramp(gates * 5, Double.cos).map { $0 / 4 },
      biasHH: ramp(gates * 5, Double.sin).map { $0 / 4 })
  }

  func expectPinned(_ actual: [Double], _ expected: [Double], _ what: String) {
    expectClose(actual, expected, tolerance: 2e-8, floor: 0.01, what)
  }

  @Test func lstm() {
    let parameters = parameters(gates: 4)
    let sequence = Reference.lstmForward(x: x, h0: h0, c0: c0, parameters: parameters, extents)
    expectPinned(sequence.h.flatMap { $0 }, LSTMFigures.y, "y")
    expectPinned(sequence.c[2], LSTMFigures.cFinal, "final c")
    let gradients = Reference.lstmBackward(
      sequence, x: x, h0: h0, c0: c0, parameters: parameters, dh: dh, dcFinal: dcFinal, extents)
    expectPinned(gradients.x, LSTMFigures.dx, "dx")
    expectPinned(gradients.h0, LSTMFigures.dh0, "dh0")
    expectPinned(gradients.c0, LSTMFigures.dc0, "dc0")
    expectPinned(gradients.parameters.weightIH, LSTMFigures.dWeightIH, "dW_ih")
    expectPinned(gradients.parameters.weightHH, LSTMFigures.dWeightHH, "dW_hh")
    expectPinned(gradients.parameters.biasIH, LSTMFigures.dBias, "db_ih")
    expectPinned(gradients.parameters.biasHH, LSTMFigures.dBias, "db_hh")
  }

  @Test func gru() {
    let parameters = parameters(gates: 3)
    let sequence = Reference.gruForward(x: x, h0: h0, parameters: parameters, extents)
    expectPinned(sequence.h.flatMap { $0 }, GRUFigures.y, "y")
    let gradients = Reference.gruBackward(
      sequence, x: x, h0: h0, parameters: parameters, dh: dh, extents)
    expectPinned(gradients.x, GRUFigures.dx, "dx")
    expectPinned(gradients.h0, GRUFigures.dh0, "dh0")
    expectPinned(gradients.parameters.weightIH, GRUFigures.dWeightIH, "dW_ih")
    expectPinned(gradients.parameters.weightHH, GRUFigures.dWeightHH, "dW_hh")
    expectPinned(gradients.parameters.biasIH, GRUFigures.dBiasIH, "db_ih")
    expectPinned(gradients.parameters.biasHH, GRUFigures.dBiasHH, "db_hh")
  }

  @Test(arguments: [RNNFigures.tanh, .relu]) func rnn(figures: RNNFigures) {
    let parameters = parameters(gates: 1)
    let h = Reference.rnnForward(
      x: x, h0: h0, parameters: parameters, activation: figures.activation, extents)
    expectPinned(h.flatMap { $0 }, figures.y, "y")
    let gradients = Reference.rnnBackward(
      h: h, x: x, h0: h0, parameters: parameters, activation: figures.activation, dh: dh, extents)
    expectPinned(gradients.x, figures.dx, "dx")
    expectPinned(gradients.h0, figures.dh0, "dh0")
    expectPinned(gradients.parameters.weightIH, figures.dWeightIH, "dW_ih")
    expectPinned(gradients.parameters.weightHH, figures.dWeightHH, "dW_hh")
    expectPinned(gradients.parameters.biasIH, figures.dBias, "db_ih")
    expectPinned(gradients.parameters.biasHH, figures.dBias, "db_hh")
  }
}
