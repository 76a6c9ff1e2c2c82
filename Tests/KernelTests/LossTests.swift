import RealModule
import ReferenceKernels
import Testing

// The losses of the reference, pinned to PyTorch 2.13:
//
//     import torch
//
//     def wave(f, *shape):
//         n = torch.Size(shape).numel()
//         return f(torch.arange(n, dtype=torch.float64)).reshape(shape)
//
//     y = (wave(torch.cos, 3, 5) * 2).requires_grad_()
//     t = wave(torch.sin, 3, 5)
//     F = torch.nn.functional
//     for loss in (F.mse_loss(y, t), F.l1_loss(y, t), F.huber_loss(y, t, delta=0.7),
//                  F.binary_cross_entropy_with_logits(y, t * t),
//                  F.cross_entropy(y, torch.tensor([4, 0, 2])),
//                  (((0.6 * y).exp() / 0.6 + t * t * (-0.4 * y).exp() / 0.4)).mean()):
//         print(loss, torch.autograd.grad(loss, y))
@Suite struct LossTests {
  let prediction = ramp(3 * 5, Double.cos).map { 2 * $0 }
  let target = ramp(3 * 5, Double.sin)

  func expect(
    _ loss: (value: Double, gradient: [Double]), _ value: Double, _ gradient: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectClose([loss.value], [value], tolerance: 1e-9, "value", sourceLocation: sourceLocation)
    expectClose(
      loss.gradient, gradient, tolerance: 1e-8, floor: 0.01, "gradient",
      sourceLocation: sourceLocation)
  }

  @Test func meanSquaredError() {
    expect(
      Reference.meanSquaredError(prediction, target),
      2.408495002,
      [
        0.266666667, 0.0318844836, -0.232212147, -0.282814, -0.0733979662, 0.203499819,
        0.29330081, 0.113442388, -0.170714442, -0.297917201, -0.15121626, 0.134512214,
        0.296570778, 0.185963537, -0.0956177226,
      ])
  }

  @Test func meanAbsoluteError() {
    expect(
      Reference.meanAbsoluteError(prediction, target),
      1.414865217,
      [
        0.0666666667, 0.0666666667, -0.0666666667, -0.0666666667, -0.0666666667,
        0.0666666667, 0.0666666667, 0.0666666667, -0.0666666667, -0.0666666667,
        -0.0666666667, 0.0666666667, 0.0666666667, 0.0666666667, -0.0666666667,
      ])
  }

  @Test func huber() {
    expect(
      Reference.huber(prediction, target, delta: 0.7),
      0.7532307394,
      [
        0.0466666667, 0.0159422418, -0.0466666667, -0.0466666667, -0.0366989831,
        0.0466666667, 0.0466666667, 0.0466666667, -0.0466666667, -0.0466666667,
        -0.0466666667, 0.0466666667, 0.0466666667, 0.0466666667, -0.0466666667,
      ])
  }

  @Test func binaryCrossEntropy() {
    expect(
      Reference.binaryCrossEntropy(logits: prediction, target.map { $0 * $0 }),
      0.9764397921,
      [
        0.0587198052, 0.00256899768, -0.0349107671, 0.00676037206, -0.0239872584,
        -0.0187593471, 0.0529402258, 0.0258069478, -0.0367380459, -0.00204525312,
        -0.00924116359, -0.0331845052, 0.0370674663, 0.0455607952, -0.0275571506,
      ])
  }

  @Test func tweedieLoss() {
    expect(
      Reference.tweedieLoss(logMean: prediction, target.map { $0 * $0 }, power: 1.4),
      3.860133144,
      [
        0.221341128, 0.0968553644, -0.0364355925, 0.0173910101, -0.0339858361, 0.0448435654,
        0.208596404, 0.149000116, -0.0173245818, -0.00113061234, -0.0142497787, 0.000591918711,
        0.173749181, 0.192379369, 0.0199128534,
      ])
  }

  @Test func softmaxCrossEntropy() {
    expect(
      Reference.softmaxCrossEntropy(logits: prediction, labels: [4, 0, 2], rows: 3, classes: 5),
      2.249815272,
      [
        0.220321727, 0.0878555056, 0.0129720261, 0.0041169141, -0.325266172, -0.291382598,
        0.162310661, 0.107444678, 0.0177817299, 0.00384552857, 0.0044274978, 0.0239227299,
        -0.205121279, 0.145601176, 0.0311698751,
      ])
  }

  /// Half the sum of squares is the mean of squares times half their number.
  @Test func halfSquaredError() {
    let mean = Reference.meanSquaredError(prediction, target)
    expect(
      Reference.halfSquaredError(prediction, target), mean.value * 7.5,
      mean.gradient.map { $0 * 7.5 })
  }
}
