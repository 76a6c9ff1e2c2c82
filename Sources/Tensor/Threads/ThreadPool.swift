internal import SIMDKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A pool of threads that process the items of one job at a time.
///
/// A job is announced by an increment of `generation`. Workers poll it for some microseconds before
/// they sleep on the condition. Therefore the parallel regions of a training step, which follow one
/// another closely, need no system call to wake a worker.
///
/// Workers join a job while it is open. The caller closes it when no item is left, and waits only for
/// the workers that joined: if other processes occupy the processors, a worker that has no time slice
/// holds up nothing, and the caller processes the items by itself.
final class ThreadPool: Sendable {
  static let shared = ThreadPool()

  private let isBusy = Atomic<Bool>(false)
  private let generation = Atomic<Int>(0)
  private let nextIndex = Atomic<Int>(0)
  /// Twice the number of workers that joined the current job and have not left it, plus 1 while it is
  /// open.
  private let gate = Atomic<Int>(0)
  private let sleepers = Sleepers()

  // The thread that holds `isBusy` writes these while the gate is closed and no worker is inside.
  // Workers read them between joining and leaving.
  private nonisolated(unsafe) var job = Job(count: 0, workers: 0) { _ in }
  private nonisolated(unsafe) var workerCount = 0

  private struct Job {
    let count: Int
    /// The number of workers for the job. Workers with a smaller number take part.
    let workers: Int
    let body: @Sendable (Int) -> Void
  }

  private init() { ForkHandlers.register() }

  /// Resets the pool in the child of a `fork`, which has none of the threads.
  func forgetThreads() {
    workerCount = 0
    gate.store(0, ordering: .relaxed)
    sleepers.reset()
    isBusy.store(false, ordering: .releasing)
  }

  /// Runs `body` for all indices and, on the calling thread, `meanwhile`. Returns false without
  /// running them if the pool is in use.
  func run(
    _ count: Int, threads: Int, _ meanwhile: () -> Void, _ body: @Sendable (Int) -> Void
  ) -> Bool {
    guard
      isBusy.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
        .exchanged
    else { return false }
    defer { isBusy.store(false, ordering: .releasing) }
    withoutActuallyEscaping(body) { body in
      startWorkers(upTo: threads - 1)
      job = Job(count: count, workers: threads - 1, body: body)
      nextIndex.store(0, ordering: .relaxed)
      gate.store(1, ordering: .releasing)
      generation.add(1, ordering: .sequentiallyConsistent)
      sleepers.wakeAll()
      meanwhile()
      takePieces(of: job)
      gate.subtract(1, ordering: .acquiringAndReleasing)
      while gate.load(ordering: .acquiring) > 0 { sched_yield() }
      job = Job(count: 0, workers: 0) { _ in }
    }
    return true
  }

  private func takePieces(of job: Job) {
    while true {
      let index = nextIndex.add(1, ordering: .relaxed).oldValue
      if index >= job.count { return }
      job.body(index)
    }
  }

  private func startWorkers(upTo count: Int) {
    while workerCount < count {
      let number = workerCount
      let seen = generation.load(ordering: .relaxed)
      workerCount += 1
      startThread { [self] in work(number, since: seen) }
    }
  }

  private func work(_ number: Int, since start: Int) -> Never {
    var seen = start
    while true {
      seen = nextGeneration(after: seen)
      guard joins() else { continue }
      takePart(number)
      gate.subtract(2, ordering: .releasing)
    }
  }

  /// Joins the current job, if it is open.
  private func joins() -> Bool {
    var value = gate.load(ordering: .relaxed)
    while value & 1 == 1 {
      let (exchanged, original) = gate.compareExchange(
        expected: value, desired: value + 2, successOrdering: .acquiring,
        failureOrdering: .relaxed)
      if exchanged { return true }
      value = original
    }
    return false
  }

  /// Processes items of the current job if it includes this worker.
  ///
  /// The function is not inlined, so that the worker has released the job's closure, which must not
  /// outlive ``run(_:threads:_:_:)``, before it leaves.
  @inline(never)
  private func takePart(_ number: Int) {
    if number < job.workers { takePieces(of: job) }
  }

  /// The number of polls before a worker sleeps, which take about 20 to 50 microseconds.
  private static let spinCount = 4000

  private func nextGeneration(after seen: Int) -> Int {
    for _ in 0..<Self.spinCount {
      let current = generation.load(ordering: .acquiring)
      if current != seen { return current }
      fs_spin_hint()
    }
    sleepers.sleep { generation.load(ordering: .sequentiallyConsistent) == seen }
    return generation.load(ordering: .sequentiallyConsistent)
  }
}

/// The condition on which idle workers sleep.
private final class Sleepers: Sendable {
  private let count = Atomic<Int>(0)
  private nonisolated(unsafe) let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(
    capacity: 1)
  private nonisolated(unsafe) let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(
    capacity: 1)

  init() { reset() }

  /// Forgets all sleepers and the lock's owner.
  func reset() {
    count.store(0, ordering: .relaxed)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Sleeps while `isIdle` returns true.
  func sleep(while isIdle: () -> Bool) {
    pthread_mutex_lock(mutex)
    count.add(1, ordering: .sequentiallyConsistent)
    while isIdle() { pthread_cond_wait(condition, mutex) }
    count.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  /// Wakes every sleeper. Without sleepers it costs one atomic load.
  func wakeAll() {
    guard count.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Never
  init(_ body: @escaping @Sendable () -> Never) { self.body = body }
}

private func startThread(_ body: @escaping @Sendable () -> Never) {
  let start = Unmanaged.passRetained(ThreadStart(body))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let status = pthread_create(
    &thread, nil,
    { argument in
      #if canImport(Darwin)
        let raw = argument
      #else
        let raw = argument!
      #endif
      Unmanaged<ThreadStart>.fromOpaque(raw).takeRetainedValue().body()
    }, start.toOpaque())
  guard status == 0 else { fatalError("ThreadPool: pthread_create failed with status \(status)") }
  pthread_detach(thread)
}
