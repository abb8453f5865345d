import Foundation

/// What the system says about this process. Nil where the system doesn't say (anything but Linux).
enum ProcessReading {
    /// Resident memory in bytes.
    static var residentBytes: Int? {
        guard let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = statm.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Processor time, user and system, in seconds.
    static var cpuSeconds: Double? {
        var usage = rusage()
        guard getrusage(Self.ownUsage, &usage) == 0 else { return nil }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// How many file descriptors are open.
    static var openFiles: Int? {
        // One of them is the folder being read.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { max(0, $0.count - 1) }
    }

    #if canImport(Glibc)
        private static let ownUsage = __rusage_who_t(RUSAGE_SELF.rawValue)
    #else
        private static let ownUsage = RUSAGE_SELF
    #endif
}
