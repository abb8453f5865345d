import Charters
import Counsel
import Gateway
import Models

/// Guard models: whether a charter that asks for one finds one.
extension Examination {
    /// The guard that is set up, if one is.
    func guardModel() -> [Finding] {
        guard let model = settings.gateway.guardModel else { return [] }
        return [
            isServed(model.name)
                ? .good("guard", "\(model.name), asked in the form of \(model.kind.rawValue)")
                : .broken(
                    "guard", "no upstream serves \(model.name)",
                    fix: "Correct counsel.guard.model, or add the model to an upstream.")
        ]
    }

    /// What a charter lacks whose floor asks for a guard; nil when it asks for none, or one is there.
    func unguarded(_ reference: String, role: String?, of part: String) -> Finding? {
        let model = settings.gateway.guardModel
        guard model.map({ !isServed($0.name) }) ?? true,
            let loaded = CharterSource.governing(reference, role: role, settings.gateway.library).loaded,
            let compiled = try? loaded.stack.compiled(role: role),
            let asking = FloorGuard(compiled.floor, model: nil)?.clauses
        else { return nil }
        let rules = asking.map { "“\($0.id)”" }.joined(separator: ", ")
        let fix = "Name one as counsel.guard.model, with a model that an upstream serves."
        let found = "\(compiled.id) asks for a guard model (\(rules)), and none can be asked"
        return asking.contains { $0.severity > .note }
            ? .broken(part, found + ", so nothing passes there", fix: fix)
            : .doubtful(part, found + ", so receipts note that nobody judged", fix: fix)
    }

    private func isServed(_ model: String) -> Bool {
        settings.gateway.upstreams.contains { upstream in
            switch upstream {
            case .remote(let remote): ModelRoutes([remote]).route(model) != nil
            case .local(_, let models): models.contains(model)
            }
        }
    }
}
