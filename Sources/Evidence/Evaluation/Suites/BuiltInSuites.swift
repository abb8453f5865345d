import CSuites

extension Suite {
    /// The suites that come with Trellis, by the names of their files.
    public static var builtInNames: [String] {
        (0..<Int(trellis_suite_file_count)).map { String(cString: builtInFile($0).name) }
    }

    /// A suite that comes with Trellis.
    ///
    /// - Parameter name: Its file's name without the end, as in `autonomy-support`, or its whole name.
    /// - Returns: Nil when there is none of this name.
    public static func builtIn(_ name: String) -> Suite? {
        let wanted = name.hasPrefix("trellis/") ? String(name.dropFirst("trellis/".count)) : name
        guard let text = builtInText(wanted) else { return nil }
        // A test reads every one of them, so none can be unsound.
        return check(text.utf8, file: "\(wanted).yaml").suite
    }

    /// The file of a suite that comes with Trellis, to be copied and changed.
    public static func builtInText(_ name: String) -> String? {
        for index in 0..<Int(trellis_suite_file_count) {
            let file = builtInFile(index)
            guard String(cString: file.name) == name else { continue }
            return String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
        }
        return nil
    }

    private static func builtInFile(_ index: Int) -> trellis_suite_file {
        // Below the count there always is one.
        trellis_suite_file_at(UInt(index)).pointee
    }
}
