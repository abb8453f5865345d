import ArgumentParser
import MockUpstream
@main struct Mock: ParsableCommand { func run() { print("x") } }
