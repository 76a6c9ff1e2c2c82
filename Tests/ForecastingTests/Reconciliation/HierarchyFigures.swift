import Forecasting
import Foundation

/// Figures of hierarchicalforecast 1.5.3: two states and three departments, which cross, and seven series.
///
/// ```python
/// import numpy as np
/// from hierarchicalforecast.methods import MinTrace, TopDown, MiddleOut
/// groups = {"Total": [[0, 1, 2, 3, 4, 5, 6]], "state": [[0, 1, 2, 3], [4, 5, 6]],
///           "department": [[0, 4], [1, 2, 5], [3, 6]],
///           "state/department": [[0], [1, 2], [3], [4], [5], [6]]}
/// N, H, T = 7, 4, 11
/// def matrix(names):
///     members = [m for name in names for m in groups[name]]
///     S = [[1.0 if i in m else 0.0 for i in range(N)] for m in members] + np.eye(N).tolist()
///     tags, start = {}, 0
///     for name in names:
///         tags[name] = np.arange(start, start + len(groups[name]))
///         start += len(groups[name])
///     tags["series"] = np.arange(start, start + N)
///     return np.array(S), tags
/// S, tags = matrix(groups)
/// n = len(S)
/// history = np.array([[6 + 2 * i + 3 * np.sin(0.9 * (i + 1) * (t + 1)) + 0.4 * t
///                      for t in range(T)] for i in range(N)])
/// base = S @ np.array([[5 + 1.5 * i + np.cos(1.3 * (i + 2) * (h + 1)) for h in range(H)]
///                      for i in range(N)])
/// base += np.array([[0.7 * np.sin(2.1 * (r + 1) * (h + 3)) for h in range(H)] for r in range(n)])
/// errors = np.array([[np.sin(1.7 * (r + 1) * (t + 2)) * (1 + r % 4) + np.cos(t) for t in range(T)]
///                    for r in range(n)])
/// known = dict(y_insample=errors, y_hat_insample=np.zeros_like(errors))
/// for method in ("ols", "wls_struct", "wls_var", "mint_shrink"):
///     model = MinTrace(method, **({"mint_shr_ridge": 0.0} if method == "mint_shrink" else {}))
///     print(method, np.round(model.fit_predict(S=S, y_hat=base, **known)["mean"][-N:], 10))
/// rows = [0, 1, 2] + list(range(6, n))  # without the departments, which top-down can't divide
/// nested, tags = matrix(["Total", "state", "state/department"])
/// for method in ("forecast_proportions", "average_proportions", "proportion_averages"):
///     for model in (TopDown(method), MiddleOut("state", method)):
///         out = model.fit_predict(S=nested, y_hat=base[rows], tags=tags, y_insample=(S @ history)[rows])
///         print(method, np.round(out["mean"][-N:], 10))
/// out = MinTrace("wls_var").fit_predict(S=S, y_hat=base, level=[80], intervals_method="bootstrap",
///                                       num_samples=9, seed=3, **known)
/// print(np.random.default_rng(3).choice(np.arange(T - H), size=9), out["quantiles"][[0, 4, 12, 18]])
/// ```
enum HierarchyFigures {
  static let (seriesCount, horizon, stepCount) = (7, 4, 11)
  /// The levels: the total, states, departments, and departments of states.
  static let levels = [0..<1, 1..<3, 3..<6, 6..<12]
  static let sums = SeriesSums(
    seriesCount: seriesCount,
    members: [
      [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3], [4, 5, 6], [0, 4], [1, 2, 5], [3, 6], [0], [1, 2], [3],
      [4], [5], [6],
    ])

  /// Past values of the series, [N, T].
  static let history: [Double] = cells(seriesCount, stepCount) { row, step in
    6 + 2 * row + 3 * sin(0.9 * (row + 1) * (step + 1)) + 0.4 * step
  }
  /// Errors of sums and series, [n, T].
  static let errors: [Double] = cells(sums.count + seriesCount, stepCount) { row, step in
    let size = 1 + row.truncatingRemainder(dividingBy: 4)
    return sin(1.7 * (row + 1) * (step + 2)) * size + cos(step)
  }
  /// Base forecasts of the sums, [A, H].
  static let ofSums = Array(base[..<(sums.count * horizon)])
  /// Base forecasts of the series, [N, H].
  static let ofSeries = Array(base[(sums.count * horizon)...])

  private static let base: [Double] = {
    let series = cells(seriesCount, horizon) { row, step in
      5 + 1.5 * row + cos(1.3 * (row + 2) * (step + 1))
    }
    let noise = cells(sums.count + seriesCount, horizon) { row, step in
      0.7 * sin(2.1 * (row + 1) * (step + 3))
    }
    return zip(sums.sums(of: series, width: horizon) + series, noise).map { $0 + $1 }
  }()

  private static func cells(
    _ rows: Int, _ columns: Int, _ value: (_ row: Double, _ column: Double) -> Double
  ) -> [Double] {
    (0..<rows * columns).map { value(Double($0 / columns), Double($0 % columns)) }
  }

  /// The reconciled series by each covariance, [N, H].
  static let minimumTrace: [(covariance: ErrorCovariance, expected: [Double])] = [
    (
      .identity(sums),
      [
        4.1533432419, 5.9422581875, 4.5105307311, 4.4601286098, 5.7813601504, 5.7769705372,
        7.4946301501, 5.5213336709, 8.4872311648, 7.5776862516, 7.2121924462, 7.6657138502,
        10.5085789055, 10.5002409792, 10.274526104, 10.2097134105, 11.0857443933, 10.0502116692,
        10.6392542863, 12.0389759601, 11.590338348, 13.2338390183, 12.1411302798, 12.8419626021,
        13.4865728749, 13.8989785881, 14.80019432, 13.365984306,
      ]
    ),
    (
      .structural(sums),
      [
        4.1898066747, 5.9601720889, 4.4554451871, 4.5318415681, 5.8068890146, 5.789598628,
        7.5155527927, 5.5709649198, 8.512760029, 7.5903143424, 7.2331150888, 7.7153450991,
        10.5473875261, 10.571953734, 10.1838314797, 10.2854898114, 11.1267230663, 9.9749533398,
        10.6881776128, 12.1182524391, 11.6373503551, 13.1481404563, 12.2560191283, 12.932717991,
        13.5298967357, 13.877519112, 14.8135085662, 13.4493242276,
      ]
    ),
    (
      .variances(errors, count: stepCount),
      [
        4.1913529284, 6.036254828, 4.3665750295, 4.5331792313, 5.7839282126, 5.7637466391,
        7.4752109956, 5.5267029534, 8.3660355334, 7.4793098541, 7.1131317081, 7.4317569036,
        10.5362713602, 10.5054902228, 10.4755933546, 10.2644197279, 11.1320055448, 9.8159193209,
        10.7914670395, 12.1266393542, 11.6674467064, 13.5078341243, 12.0788446485, 12.9896619764,
        13.333718666, 14.0604957622, 14.5561222769, 13.0703720821,
      ]
    ),
    (
      .shrinkage(errors, count: stepCount),
      [
        4.1642988751, 6.0817929532, 4.2537282375, 4.4816433965, 5.7373517682, 5.9054737599,
        7.4618098759, 5.4360238099, 8.3911633383, 7.5782093128, 7.059311201, 7.4798554534,
        10.5010995864, 10.4631784476, 10.5098262186, 10.1962305748, 11.0978992247, 9.8976999327,
        10.7747574656, 12.0594807964, 11.6464966626, 13.1582200049, 12.1999182058, 12.9507327739,
        13.3406534738, 14.3705773417, 14.3451099386, 13.0825186437,
      ]
    ),
  ]

  /// The series divided from the total and from the states, [N, H].
  static let topDown: [(shares: TopDownShares, expected: [Double])] = [
    (
      .ofForecasts(0..<1, through: [1..<3, 6..<12]),
      [
        4.1848636719, 5.9866529884, 4.3914581265, 4.5126803786, 5.7820565128, 5.7553846646,
        7.4731904435, 5.5154662326, 8.4171616352, 7.5211527968, 7.1945092908, 7.5464721608,
        10.4808123763, 10.5022477362, 10.4712512898, 10.1539525294, 11.05549939, 10.7113885326,
        9.9802594135, 11.9739258093, 11.5601326997, 12.8538357078, 12.19092254, 12.772003017,
        13.4387762449, 14.0680729445, 14.9396320284, 13.2900117602,
      ]
    ),
    (
      .ofForecasts(1..<3, through: [6..<12]),
      [
        4.1878974267, 5.8825089858, 4.4745034048, 4.5191313318, 5.7862481288, 5.655263813,
        7.6145132484, 5.5233506851, 8.4232635315, 7.3903145875, 7.3305620571, 7.5572599708,
        10.4884102856, 10.3195503061, 10.6692693405, 10.1684677769, 11.0635139101, 10.5250528827,
        10.1689924941, 11.9910427394, 11.5685130462, 12.6302299798, 12.4214606724, 12.790260812,
        13.4485184862, 13.8233443075, 15.2221500131, 13.3090100575,
      ]
    ),
    (
      .averageProportions(0..<1, of: sums, history: history),
      [
        5.5886312653, 5.8020752696, 5.7368642089, 5.6613918042, 6.6979102118, 6.953720393,
        6.8755656877, 6.7851128798, 7.8675434232, 8.1680248635, 8.0762222687, 7.9699739956,
        9.2922971287, 9.6471935272, 9.538766164, 9.4132771174, 10.4870489579, 10.8875759594,
        10.7652076095, 10.6235838799, 11.5467584012, 11.9877583944, 11.8530248027, 11.6970900879,
        13.4391131426, 13.9523869636, 13.795572391, 13.6140821231,
      ]
    ),
    (
      .averageProportions(1..<3, of: sums, history: history),
      [
        5.4476331023, 5.515869126, 5.6745146308, 5.2368609232, 6.5314239586, 6.613235342,
        6.8034429112, 6.2787192638, 7.7574656033, 7.8546341529, 8.080546402, 7.4573246248,
        9.1492967083, 9.2638990715, 9.5303441068, 8.7953049529, 10.6413961934, 10.9062714429,
        11.1522397071, 11.2341460826, 11.7316393551, 12.0236518735, 12.2948203289, 12.3851182598,
        13.707509894, 14.0487038536, 14.3655431437, 14.4710492665,
      ]
    ),
    (
      .proportionsOfAverages(0..<1, of: sums, history: history),
      [
        5.5963647117, 5.810104076, 5.7448027774, 5.6692259354, 6.7097985151, 6.9660627407,
        6.8877693165, 6.7971559615, 7.8618792911, 8.1621444039, 8.0704079011, 7.96423612,
        9.3065838578, 9.6620259027, 9.5534318345, 9.4277498509, 10.4877908236, 10.8883461588,
        10.7659691524, 10.6243354042, 11.5444222651, 11.9853330354, 11.8506267029, 11.6947235367,
        13.4124630663, 13.9247190533, 13.7682154477, 13.5870850793,
      ]
    ),
    (
      .proportionsOfAverages(1..<3, of: sums, history: history),
      [
        5.4845675784, 5.5532662364, 5.7129873438, 5.2723663823, 6.5757586021, 6.6581253129,
        6.8496239918, 6.3213385734, 7.7048245578, 7.8013337355, 8.0257129766, 7.4067202928,
        9.1206686342, 9.2349124076, 9.5005237386, 8.7677845161, 10.6759393638, 10.9416744282,
        11.1884411331, 11.270613386, 11.7515265289, 12.0440340594, 12.3156621925, 12.4061131942,
        13.6530795497, 13.9929186824, 14.308499854, 14.4135870287,
      ]
    ),
  ]

  /// The first past steps of nine paths.
  static let starts = [5, 0, 1, 1, 1, 5, 6, 4, 0]
  /// The quantiles at 0.1 and 0.9 of some rows, with variances as covariance, [H, 2] each.
  static let quantiles: [Int: [Double]] = [
    0: [
      64.4988613901, 66.8083408763, 67.0983838759, 69.3561329307, 65.8249288294, 68.647950686,
      64.1051082835, 65.8735262658,
    ],
    4: [
      25.4227437353, 26.2975004505, 27.0509375519, 27.3180974042, 25.2884522812, 27.582861293,
      24.5693867624, 26.5104869887,
    ],
    12: [
      3.5467849191, 5.0352268643, 5.3472032853, 7.3853052808, 3.4995893532, 4.8296720742,
      3.8236109891, 5.250759038,
    ],
    18: [
      12.1560109017, 14.0362260217, 12.9940448163, 14.9158201837, 14.8002492402, 16.0235360901,
      11.4853248862, 14.4781931237,
    ],
  ]
}
