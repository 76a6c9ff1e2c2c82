/// A scale of colors for numbers from 0 to 1.
enum ColorScale {
  /// Returns a color of the scale viridis by Smith and van der Walt, which can be told apart with any
  /// color vision and in print. It is interpolated between nine of its colors.
  static func viridis(_ share: Double) -> String {
    let place = min(max(share, 0), 1) * Double(colors.count - 1)
    let left = min(Int(place), colors.count - 2)
    let part = place - Double(left)
    let (low, high) = (colors[left], colors[left + 1])
    let digits = [16, 8, 0].map { shift in
      let (a, b) = (Double(low >> shift & 255), Double(high >> shift & 255))
      let text = String(Int((a + (b - a) * part).rounded()), radix: 16)
      return text.count < 2 ? "0" + text : text
    }
    return "#" + digits.joined()
  }

  private static let colors = [
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725,
  ]
}
