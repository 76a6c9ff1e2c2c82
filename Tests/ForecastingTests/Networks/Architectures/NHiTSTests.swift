import Forecasting
import NeuralNetwork
import Testing

/// The figures are those of PyTorch; see ``NetworkFigures``. The network is:
///
///     class ReLU(nn.Linear):
///       def forward(self, x): return torch.relu(super().forward(x))
///     def pooled(x, size):   # [B, T, C]; the last range ends with the last step
///       x = x.flip(1).transpose(1, 2)
///       return nn.functional.max_pool1d(x, size, ceil_mode=True).transpose(1, 2).flip(1)
///     class Block(nn.Module):
///       def __init__(self, pooling, downsampling, H=8, S=1, O=2, C=3, T=4, K=6, F=7):
///         super().__init__()
///         self.pooling, self.O, self.K = pooling, O, K
///         I = -(-T // pooling) * C + -(-K // pooling) * F + S
///         self.layers = nn.Sequential(ReLU(I, H), ReLU(H, H))
///         self.backcast = nn.Linear(H, T)
///         self.forecast = nn.Linear(H, O * (K // downsampling))
///       def forward(self, *inputs, statics):
///         x = [pooled(x, self.pooling).flatten(1) for x in inputs]
///         h = self.layers(torch.cat([*x, statics], 1))
///         knots = self.forecast(h).reshape(len(h), self.O, -1)
///         return self.backcast(h), nn.functional.interpolate(knots, self.K, mode="linear").mT
///     class NHiTS(nn.Module):
///       def __init__(self):
///         super().__init__()
///         self.blocks = nn.ModuleList([Block(3, 2), Block(1, 1)])
///       def forward(self, history, future, statics):
///         rest, forecast = history[:, :, 0], 0
///         for block in self.blocks:
///           explained, of_block = block(
///             rest[:, :, None], history[:, :, 1:], future, statics=statics)
///           rest, forecast = (rest - explained) * history[:, :, 1], forecast + of_block
///         return forecast
@Suite struct NHiTSTests {
  /// By `figures(NHiTS())`.
  @Test func nhits() {
    NetworkFigures(
      NHiTSArchitecture(
        hiddenSize: 8,
        scales: [.init(pooling: 3, downsampling: 2), .init(pooling: 1, downsampling: 1)])
    ).expect(Self.nhitsFigures)
  }

  private static let nhitsFigures: KeyValuePairs<String, [Double]> = [
    "output": [
      -12.742413, -4.3917623, 3.5876862, -0.9902317, -6.6050937, 0.09505047, -5.1649422, 4.8041833,
      1.899031, 4.2601138, 0.84125819, -2.1370618, 2.7555826, -3.4763906, 4.2912904, -1.9665727,
      -6.1593669, -1.6744724, -4.6858921, 5.1028105, 0.16013786,
    ],
    "blocks.0.layers.0.weight": [
      0.30463689, 0.19071881, 0.0060164567, 0.0096726126, 0.018423309, 0.040925898, -0.033239481,
      -0.039823951, -0.023171956, 0.010410244, 0.0053927067, 0, 0, 0, 0, -0.0064985918,
      -0.0065921216,
    ],
    "blocks.0.layers.0.bias": [
      -0.078265278, 0.016388241, 0.021402012, -0.028590516, -0.094255078, 0.021015333, 0, 0,
      -0.01422527,
    ],
    "blocks.0.layers.1.weight": [
      0.056705626, 0.081376095, 0, -0.11208765, -0.0048949056, 0, 0, 0, 0, 0, 0, 0, 0,
      -0.0029677853,
    ],
    "blocks.0.layers.1.bias": [
      -0.031263548, 0.018137041, 0.0073411377, -0.011415153, 0, 0, 0, 0, -0.045326574,
    ],
    "blocks.0.backcast.weight": [
      -0.023644703, -0.021600796, 0, 0, 0.014960165, 0, 0.00058205154, 0.0012075445, 0, -0.01704534,
      0, 0,
    ],
    "blocks.0.backcast.bias": [
      -0.04322593, -0.05426026, 0.068211954, 0.0090055315, -0.066183156,
    ],
    "blocks.0.forecast.weight": [
      -0.86112296, -0.21590172, 0, 0, 0.081033903, 0, 0.026549066, 0.029981105, 0, -0.21117891, 0,
      0, 0.1400139, 0, -0.01191623, -0.025080901, 0,
    ],
    "blocks.0.forecast.bias": [
      -0.29345678, -0.1607637, -0.045900291, 0.27606127, -0.48360025, 0.23999654, -0.11925035,
    ],
    "blocks.1.layers.0.weight": [
      0.69055321, 0.040902424, 0.034908875, 0.017341279, -0.024275245, -0.028229841, 0.016596233,
      0.012102089, 0.030292717, 0.02988224, -0.021531355, -0.023105945, 0.011426003, 0.010549833,
      -0.027445768, -0.029002335, -0.019725055, -0.023784496,
    ],
    "blocks.1.layers.0.bias": [
      0.60182637, 0.073808112, 0.11001377, 0.05712054, 0.062787745, 0.0037186451, 0.041112612,
      0.1095406, 0.14372434,
    ],
    "blocks.1.layers.1.weight": [
      8.9363458, 0, 0.19897619, 0.0099700009, 0.55656164, 0, 0.25644303, 0.053826405, 0.69519351,
      -0.28413247, 0, 0.26110545, 0, 0.013642141,
    ],
    "blocks.1.layers.1.bias": [
      0.67465442, 0.043412573, 0.11878342, 0.13353639, 0.073131745, 0.12659931, 0.082581847,
      0.061815318, 0.034793813,
    ],
    "blocks.1.backcast.weight": [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    "blocks.1.backcast.bias": [
      0, 0, 0, 0, 0,
    ],
    "blocks.1.forecast.weight": [
      -2.6910776, -1.076679, 3.204289, 0.64967286, -4.269348, 2.4212643, 0.41699614, -3.7630101,
      -0.985038, 2.3938606, -1.2345023, -4.8375197, 1.47052, 0.0068772665, -4.2110954,
    ],
    "blocks.1.forecast.bias": [
      -0.29345678, 0.21543521, -0.38604365, -0.34666468, 0.26820044, 0.4378352, -0.11936524,
      -0.11153179, -0.47899314, -0.051294399, 0.46155642, 0.20819325, -0.39078439,
    ],
    "history": [
      0.12433118, -0.028182842, -0.053201724, 0.012286859, 0.022856837, 0.072444969, -0.010618376,
      -0.012499546, 0.043278001, 0.0037522064, 0.0037063911, 0.00049466285, -0.0080534696,
      -0.027899689, -0.049131213, 0.014059033, 0.021213963, 0.053766496, -0.023267145, -0.032586605,
      0.049872311,
    ],
    "future": [
      -0.083466188, -0.070533054, 0.076559299, -0.074580749, 0.059028649, -0.040826347,
      -0.0083823071, -0.004897876, -0.010493997, 0.017044819, -0.035657084, 0.075825878,
      -0.07188996, 0.089790017, -0.022682307, -0.029655507, 0.053202399, -0.084740303,
    ],
    "statics": [
      0.063789983, -0.022342033, 0.073692905, -0.046006013, -0.016022743, 0.074467867,
    ],
  ]
}
