"""Measures Trellis beside its peers on one machine; started by Benchmarks/run.sh and Benchmarks/soak.sh."""
