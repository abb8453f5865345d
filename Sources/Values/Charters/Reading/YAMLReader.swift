import Yams

func readYAML(_ text: String, log: inout DiagnosticLog) -> SourceNode? {
    do {
        guard let node = try Yams.compose(yaml: text, .basic) else { return nil }
        return convert(node)
    } catch {
        log.error("yaml", at: SourceSpan(line: 1, column: 1), "This is not YAML: \(error)", help: "See the message.")
        return nil
    }
}

private func convert(_ node: Node) -> SourceNode {
    let span = SourceSpan(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    switch node {
    case .scalar(let scalar):
        if scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
            return SourceNode(form: .empty, span: span)
        }
        return SourceNode(form: .text(scalar.string), span: span)
    case .sequence(let nodes):
        return SourceNode(form: .list(nodes.map(convert)), span: span)
    case .mapping(let mapping):
        return SourceNode(
            form: .map(
                mapping.map {
                    SourceEntry(
                        key: $0.key.scalar?.string ?? "",
                        keySpan: SourceSpan(
                            line: $0.key.mark?.line ?? 0, column: $0.key.mark?.column ?? 0,
                            length: $0.key.scalar?.string.unicodeScalars.count ?? 1), value: convert($0.value))
                }), span: span)
    case .alias:
        return SourceNode(form: .empty, span: span)
    }
}
