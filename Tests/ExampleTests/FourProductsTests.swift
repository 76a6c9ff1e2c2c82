import Testing

@Suite struct FourProductsTests {
  // Of PyTorch 2.13, by:
  //
  //   t = lambda v: torch.tensor(v, dtype=torch.float64)
  //   x, y = t([[2, 50], [3, 100], [1, 75], [4, 150]]), t([[100], [200], [150], [300]])
  //   z = lambda v: (v - v.mean(0)) / v.std(0, correction=0)
  //   m = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Sigmoid(), torch.nn.Linear(2, 1))
  //   values = [[[0.5, -0.25], [-0.75, 0.25]], [0, 0], [[0.75, -0.5]], [0]]
  //   for p, v in zip(m.parameters(), values): p.data = t(v)
  //   optimizer = torch.optim.SGD(m.parameters(), lr=0.1)
  //   for step in range(1001):
  //       loss = 0.5 * ((m(z(x)) - z(y)) ** 2).sum()
  //       if step in (0, 1, 2, 5, 10, 100, 500, 1000): print(loss.item())
  //       optimizer.zero_grad(); loss.backward(); optimizer.step()
  private static let losses = [
    1.7613107364523004, 1.616296393741577, 1.5018208387296796, 1.1730722076023656,
    0.7118259722180091, 0.10332030952617649, 3.6356074924491174e-05, 1.6351871404592085e-08,
  ]

  @Test func learnsAsPyTorchLearns() throws {
    let lines = try lines(ofExample: "FourProducts")
    let losses = lines.filter { $0.contains("loss") }.flatMap(decimals)
    try #require(losses.count == Self.losses.count)
    // The last loss is the square of errors of 1e-4, of which single precision keeps three digits.
    for (loss, expected) in zip(losses, Self.losses) {
      #expect(abs(loss - expected) < 1e-5 * expected + 1e-9)
    }
    let products = lines.filter { $0.hasPrefix("product") }.map(decimals)
    #expect(products.map(\.first) == [100, 200, 150, 300])
    for product in products { #expect(abs(product[0] - product[1]) < 0.02) }
  }
}
