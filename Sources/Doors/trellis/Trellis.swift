import ArgumentParser
import Configuration
import Gateway
@main struct Trellis: ParsableCommand { func run() { print("x") } }
