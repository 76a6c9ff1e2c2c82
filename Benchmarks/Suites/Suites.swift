/// All cases, suite by suite.
enum Suites {
  static var all: [Case] { lstm + rnn + mlp + epoch }
}
