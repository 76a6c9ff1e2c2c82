extension Trainer {
  func saveCheckpoint() throws {}
}
